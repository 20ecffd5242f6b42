# SPDX-License-Identifier: Apache-2.0
"""The process that loads what workers run, and forks them; workers.py tells it when.

The memory that it fills is the workers' together. It is forked from the master when
workers are wanted and gone when they serve, so it costs nothing while they run, and
each generation is made with the options that the master has read last.
Workers are the master's children: who forks one directly ends at once, and the
kernel gives orphans to the master, which has asked for them.
"""

import array
import contextlib
import ctypes
import fcntl
import gc
import os
import signal
import struct
import termios
import warnings

from nova_lite import concurrency

BORN = 1
SERVES = 2

PR_SET_CHILD_SUBREAPER = 36

ORDER = struct.Struct('=i')
NEWS = struct.Struct('=iii')
"""Written and read at once, for it is less than a pipe keeps together."""

FAILED = 1


def adopt_orphans():
    """Become the parent of our children's children when they lose theirs."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), 'Can not become the parent of orphans')


class Nursery:
    """Seen from the master: where workers come from.

    :param load: answers a callable that gets (number, ready, orphaned) in each new worker, and
        never returns; ready is called when it serves, orphaned becomes readable when the
        master has ended
    :param lifeline: pipe whose other end closes with the master
    """

    def __init__(self, load, lifeline):
        self._load = load
        self._orphaned, self._lifeline = lifeline
        self._told, self._tell = os.pipe()
        self._orders = self._pid = None

    def order(self, number):
        """Have a worker forked; ``news`` tell of it."""
        if self._orders is None:
            self._open()
        # If it has ended, the master learns so from its exit code.
        with contextlib.suppress(BrokenPipeError):
            os.write(self._orders, ORDER.pack(number))

    def news(self):
        """Answer (BORN or SERVES, number, process) triples, without waiting."""
        found = []
        while _has_bytes(self._told):
            found.append(NEWS.unpack(os.read(self._told, NEWS.size)))
        return found

    def is_process(self, pid):
        """Whether that is the process that takes orders."""
        return pid == self._pid

    def close(self):
        """End it, and whatever it has not begun yet; workers stay."""
        if self._orders is not None:
            os.close(self._orders)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            self._orders = self._pid = None

    def _open(self):
        orders, self._orders = os.pipe()
        # A collection would copy what is there now and the same in all of them.
        gc.collect()
        gc.freeze()
        self._pid = _fork()
        if self._pid:
            os.close(orders)
            return
        os.close(self._orders)
        os.close(self._lifeline)
        run_worker = self._load()
        gc.collect()
        gc.freeze()
        while order := os.read(orders, ORDER.size):
            if not _fork_orphan():
                os.close(orders)
                self._be_worker(run_worker, *ORDER.unpack(order))
        os._exit(0)

    def _be_worker(self, run_worker, number):
        self._say(BORN, number)
        run_worker(number, lambda: self._say(SERVES, number), self._orphaned)
        os._exit(FAILED)

    def _say(self, word, number):
        os.write(self._tell, NEWS.pack(word, number, os.getpid()))


def _fork():
    with warnings.catch_warnings():
        # eventlet's warning that it is old is no news about this fork.
        warnings.simplefilter('ignore', DeprecationWarning)
        pid = os.fork()
    if not pid:
        concurrency.after_fork()
    return pid


def _fork_orphan():
    """Fork a process whose parent has ended; answer whether this one is the old one."""
    between = _fork()
    if between:
        os.waitpid(between, 0)
        return True
    if _fork():
        os._exit(0)
    return False


def _has_bytes(pipe):
    """Asked by ioctl, because select would be eventlet's, and the master has no hub."""
    waiting = array.array('i', [0])
    fcntl.ioctl(pipe, termios.FIONREAD, waiting)
    return waiting[0] > 0
