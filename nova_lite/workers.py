# SPDX-License-Identifier: Apache-2.0
"""The master of a daemon with several processes: forks them, watches them, passes signals on.

What runs in a worker is process.Alone. The master has no threads and blocks
its signals, so nothing is lost between two looks: it takes one after the other.
A pipe tells each worker that the master lives, another tells the master
that the worker serves.
"""

import array
import dataclasses
import fcntl
import gc
import os
import signal
import termios
import time
import warnings

from oslo_config import cfg
from oslo_log import log

from nova_lite import concurrency

CONF = cfg.CONF
LOG = log.getLogger(__name__)

SIGNALS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD}
ENDS = {signal.SIGTERM, signal.SIGINT}

FAILED = 1
LOOK_AGAIN_AFTER = 0.1
"""Seconds between two looks at what no signal tells."""

START_AGAIN_AFTER = 1.0
"""Seconds between two starts of one worker, so that one that can not start costs little."""

SECONDS_TO_KILL = 10
"""What a worker may take to end on top of graceful_shutdown_timeout."""


@dataclasses.dataclass
class Worker:
    """One process.

    :ivar number: its place among the workers
    :ivar ready: pipe that has a byte when it serves
    :ivar is_leaving: it was told to end
    :ivar successor: the process that takes its place when it serves
    """

    pid: int
    number: int
    ready: int
    serves: bool = False
    is_leaving: bool = False
    successor: int | None = None


class Master:
    """Keeps a number of workers running until it is told to stop.

    :param run_worker: (number, ready, orphaned), called in the new process; never returns
    :param count: how many
    :param replaced_on_reload: SIGHUP replaces them one after another, so that new ones have
        all options anew; otherwise it is passed on to them
    """

    def __init__(self, run_worker, *, count, replaced_on_reload=False):
        self._run_worker = run_worker
        self._count = count
        self._replaced_on_reload = replaced_on_reload
        self._workers = {}
        self._to_replace = []
        self._start_at = {}
        self._stop_by = None
        self._exit_code = 0

    def run(self):
        """Watch them until the last one has ended; answer the exit code."""
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        self._lifeline = os.pipe()
        # What is there now is the same in all of them; a collection would copy it.
        gc.collect()
        gc.freeze()
        for number in range(self._count):
            self._fork(number)
        while self._workers or self._stop_by is None:
            self._take(self._next_signal())
            self._look()
        return self._exit_code

    def described(self):
        """Answer process -> what it is, for a guru meditation report."""
        return {f'worker {worker.number}': f'process {pid}, ' + (
            'is leaving' if worker.is_leaving else 'serves' if worker.serves else 'starts')
            for pid, worker in self._workers.copy().items()}

    def _next_signal(self):
        is_waiting = (self._start_at or self._to_replace or self._stop_by is not None
                      or not all(worker.serves for worker in self._workers.values()))
        if not is_waiting:
            # Unlike sigwait it lets the report of SIGUSR2 be written meanwhile.
            return signal.sigwaitinfo(SIGNALS).si_signo
        found = signal.sigtimedwait(SIGNALS, LOOK_AGAIN_AFTER)
        return found and found.si_signo

    def _take(self, number):
        if number in ENDS:
            self._stop(number)
        elif number == signal.SIGHUP and self._stop_by is None:
            self._reload()
        elif number == signal.SIGCHLD:
            self._reap()

    def _fork(self, number):
        """Start a worker; answer its process."""
        ready, tell = os.pipe()
        with warnings.catch_warnings():
            # eventlet's warning that it is old is no news about this fork.
            warnings.simplefilter('ignore', DeprecationWarning)
            pid = os.fork()
        if not pid:
            concurrency.after_fork()
            os.close(ready)
            os.close(self._lifeline[1])
            self._run_worker(number, lambda: os.write(tell, b'.'), self._lifeline[0])
            os._exit(FAILED)
        os.close(tell)
        self._workers[pid] = Worker(pid, number, ready)
        self._start_at.pop(number, None)
        LOG.info('Worker %d is process %d', number, pid)
        return pid

    def _reap(self):
        while self._workers:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            worker = self._workers.pop(pid, None)
            if worker is not None:
                self._bury(worker, os.waitstatus_to_exitcode(status))

    def _bury(self, worker, code):
        os.close(worker.ready)
        if worker.is_leaving:
            LOG.info('Worker %d (process %d) has ended with %d', worker.number, worker.pid, code)
            if self._stop_by is not None and code:
                self._exit_code = FAILED
            return
        heirs = [other for other in self._workers.values() if other.successor == worker.pid]
        if heirs:
            LOG.error('New worker %d (process %d) ended with %d; the old ones go on',
                      worker.number, worker.pid, code)
            heirs[0].successor = None
            self._to_replace.clear()
        elif worker.successor is None:
            LOG.error('Worker %d (process %d) ended with %d', worker.number, worker.pid, code)
            self._start_at[worker.number] = time.monotonic() + START_AGAIN_AFTER

    def _look(self):
        """Do what is due."""
        for worker in self._workers.values():
            worker.serves = worker.serves or _has_bytes(worker.ready)
        if self._stop_by is not None:
            self._kill_late_ones()
            return
        for number, moment in list(self._start_at.items()):
            if time.monotonic() >= moment:
                self._fork(number)
        self._replace_next()

    def _reload(self):
        LOG.info('Reading the options again')
        CONF.mutate_config_files()
        if not self._replaced_on_reload:
            for pid in self._workers:
                os.kill(pid, signal.SIGHUP)
            return
        CONF.reload_config_files()
        LOG.info('Replacing the workers: new ones take all options, but addresses and their '
                 'number')
        self._to_replace = [worker.pid for worker in self._workers.values()
                            if not worker.is_leaving]

    def _replace_next(self):
        """One at a time: the old one ends when the new one serves."""
        while self._to_replace:
            worker = self._workers.get(self._to_replace[0])
            if worker is None:
                self._to_replace.pop(0)
                continue
            if worker.is_leaving:
                return
            if worker.successor is None:
                worker.successor = self._fork(worker.number)
                return
            successor = self._workers.get(worker.successor)
            if successor is not None and successor.serves:
                worker.is_leaving = True
                os.kill(worker.pid, signal.SIGTERM)
            return

    def _stop(self, number):
        """Tell all to end; told again, they do so at once."""
        LOG.info('Stopping (%s)', signal.Signals(number).name)
        patience = CONF.graceful_shutdown_timeout
        is_first = self._stop_by is None
        self._stop_by = (float('inf') if not patience and is_first else
                         time.monotonic() + SECONDS_TO_KILL + (patience if is_first else 0))
        for worker in self._workers.values():
            worker.is_leaving = True
            os.kill(worker.pid, signal.SIGTERM)

    def _kill_late_ones(self):
        if time.monotonic() > self._stop_by:
            for pid in self._workers:
                os.kill(pid, signal.SIGKILL)


def _has_bytes(pipe):
    """Asked by ioctl, because select would be eventlet's, and the master has no hub."""
    waiting = array.array('i', [0])
    fcntl.ioctl(pipe, termios.FIONREAD, waiting)
    return waiting[0] > 0
