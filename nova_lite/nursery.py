# SPDX-License-Identifier: Apache-2.0
"""The process that loads what workers run, and forks them; workers.py tells it when.

The memory that it fills is the workers' together. It is started when workers are
wanted and gone when they serve, so it costs nothing while they run, and
each one reads the options anew.
Workers are the master's children: who forks one directly ends at once, and the
kernel gives orphans to the master, which has asked for them.
"""

import ctypes
import gc
import os
import warnings

from oslo_log import log

from nova_lite import concurrency, workers

LOG = log.getLogger(__name__)

PR_SET_CHILD_SUBREAPER = 36

FAILED = 1


def adopt_orphans():
    """Become the parent of our children's children when they lose theirs; a master needs it."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), 'Can not become the parent of orphans')


def run(load, *, orders, tell, orphaned):
    """Fork workers as ordered; ends the process.

    :param load: answers a callable that gets (number, ready, orphaned) in each new worker, and
        never returns; ready is called when it serves, orphaned becomes readable when the
        master has ended
    :param orders: pipe on which the master says what worker it wants
    :param tell: pipe on which it hears of them
    :param orphaned: as above
    """
    for pipe in (orders, tell, orphaned):
        os.set_inheritable(pipe, False)
    # A collection would leave holes, and what fills them later copies the pages around it.
    gc.disable()
    run_worker = load()
    gc.freeze()
    gc.enable()
    while order := os.read(orders, workers.ORDER.size):
        if not _fork_orphan():
            os.close(orders)
            _be_worker(run_worker, *workers.ORDER.unpack(order), tell, orphaned)
    os._exit(0)


def _be_worker(run_worker, number, tell, orphaned):
    def say(word):
        os.write(tell, workers.NEWS.pack(word, number, os.getpid()))

    say(workers.BORN)
    LOG.info('Worker %d is process %d', number, os.getpid())
    run_worker(number, lambda: say(workers.SERVES), orphaned)
    os._exit(FAILED)


def _fork():
    with warnings.catch_warnings():
        # eventlet's warning that it is old is no news about this fork.
        warnings.simplefilter('ignore', DeprecationWarning)
        pid = os.fork()
    if not pid:
        concurrency.after_fork()
    return pid


def _fork_orphan():
    """Fork a process whose parent has ended; answer whether this one is the old one.

    The new one goes on when it is the master's: heard of any earlier, it could be
    waited for before it is a child.
    """
    is_adopted, adopt = os.pipe()
    between = _fork()
    if between:
        os.waitpid(between, 0)
        os.close(adopt)
        os.close(is_adopted)
        return True
    os.close(adopt)
    if _fork():
        os._exit(0)
    os.read(is_adopted, 1)
    os.close(is_adopted)
    return False
