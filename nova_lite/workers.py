# SPDX-License-Identifier: Apache-2.0
"""The master of a daemon with several processes: has them forked, watches them, passes signals on.

What runs in a worker is process.Alone. The master has no threads and blocks
its signals, so nothing is lost between two looks: it takes one after the other.
It has not loaded what workers run, which would be 40 MB that only wait: a process of
its own does and forks them (nursery.py), and is gone when they serve.
A pipe tells each worker that the master lives.
"""

import dataclasses
import os
import signal
import time

from oslo_config import cfg
from oslo_log import log

from nova_lite import nursery

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
    :ivar serves: it has said so
    :ivar is_leaving: it was told to end
    :ivar successor: the process that takes its place when it serves
    """

    pid: int
    number: int
    serves: bool = False
    is_leaving: bool = False
    successor: int | None = None


class Master:
    """Keeps a number of workers running until it is told to stop.

    :param load: as nursery.Nursery has it
    :param count: how many
    :param replaced_on_reload: SIGHUP replaces them one after another, so that new ones have
        all options anew; otherwise it is passed on to them
    """

    def __init__(self, load, *, count, replaced_on_reload=False):
        self._load = load
        self._count = count
        self._replaced_on_reload = replaced_on_reload
        self._workers = {}
        self._unborn = {}
        self._is_to_renew = False
        self._to_replace = []
        self._start_at = {}
        self._stop_by = None
        self._has_served = False
        self._exit_code = 0

    def run(self):
        """Watch them until the last one has ended; answer the exit code."""
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        nursery.adopt_orphans()
        self._nursery = nursery.Nursery(self._load, os.pipe())
        for number in range(self._count):
            self._order(number)
        while self._workers or self._stop_by is None:
            self._take(self._next_signal())
            self._look()
        return self._exit_code

    def described(self):
        """Answer process -> what it is, for a guru meditation report."""
        return {f'worker {worker.number}': f'process {pid}, ' + (
            'is leaving' if worker.is_leaving else 'serves' if worker.serves else 'starts')
            for pid, worker in self._workers.copy().items()}

    def _is_quiet(self):
        """Whether nothing is left to do but to wait for a signal."""
        return not (self._unborn or self._start_at or self._is_to_renew or self._to_replace
                    or self._stop_by is not None) and all(
                        worker.serves for worker in self._workers.values())

    def _next_signal(self):
        if self._is_quiet():
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

    def _order(self, number, instead_of=None):
        """Have a worker started.

        :param instead_of: Worker whose place it takes when it serves
        """
        self._unborn[number] = instead_of
        self._start_at.pop(number, None)
        self._nursery.order(number)

    def _hear(self):
        """Take note of who is there, and of who serves."""
        for word, number, pid in self._nursery.news():
            if word == nursery.BORN:
                LOG.info('Worker %d is process %d', number, pid)
                self._start_at.pop(number, None)
                predecessor = self._unborn.pop(number, None)
                if predecessor is not None:
                    predecessor.successor = pid
                self._workers[pid] = worker = Worker(pid, number)
                if self._stop_by is not None:
                    self._send_away(worker)
            elif pid in self._workers:
                self._workers[pid].serves = self._has_served = True

    def _reap(self):
        # Who has ended may have been born since the last look.
        self._hear()
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            code = os.waitstatus_to_exitcode(status)
            worker = self._workers.pop(pid, None)
            if worker is not None:
                self._bury(worker, code)
            elif self._nursery.is_process(pid):
                self._miss_unborn(code)

    def _miss_unborn(self, code):
        """The process that should have started workers has ended."""
        self._nursery.close()
        unborn, self._unborn = self._unborn, {}
        for number, predecessor in unborn.items():
            LOG.error('Worker %d can not be started (%d)', number, code)
            if predecessor is None or predecessor.pid not in self._workers:
                self._start_at[number] = time.monotonic() + START_AGAIN_AFTER
            else:
                self._to_replace.clear()
        if unborn and not self._has_served:
            # It never worked, and whoever has started us is to see that.
            self._exit_code = FAILED
            self._stop(signal.SIGTERM)

    def _bury(self, worker, code):
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
        elif worker.successor is None and worker.number not in self._unborn:
            LOG.error('Worker %d (process %d) ended with %d', worker.number, worker.pid, code)
            self._start_at[worker.number] = time.monotonic() + START_AGAIN_AFTER

    def _look(self):
        """Do what is due."""
        self._hear()
        if self._stop_by is not None:
            self._kill_late_ones()
            return
        for number, moment in list(self._start_at.items()):
            if time.monotonic() >= moment:
                self._order(number)
        if self._is_to_renew and not self._unborn:
            self._renew()
        self._replace_next()
        if self._is_quiet():
            self._nursery.close()

    def _reload(self):
        LOG.info('Reading the options again')
        CONF.mutate_config_files()
        if self._replaced_on_reload:
            CONF.reload_config_files()
            LOG.info('Replacing the workers: new ones take all options, but addresses and their '
                     'number')
        self._is_to_renew = True

    def _renew(self):
        """Have the workers take the options; each of them is known, none is being born."""
        self._is_to_renew = False
        if not self._replaced_on_reload:
            for pid in self._workers:
                os.kill(pid, signal.SIGHUP)
            return
        # New ones must not come from a process that has the old options.
        self._nursery.close()
        self._to_replace = [worker.pid for worker in self._workers.values()
                            if not worker.is_leaving]

    def _replace_next(self):
        """One at a time: the old one ends when the new one serves."""
        while self._to_replace:
            worker = self._workers.get(self._to_replace[0])
            if worker is None:
                self._to_replace.pop(0)
                continue
            if worker.is_leaving or worker.number in self._unborn:
                return
            if worker.successor is None:
                self._order(worker.number, instead_of=worker)
                return
            successor = self._workers.get(worker.successor)
            if successor is not None and successor.serves:
                self._send_away(worker)
            return

    @staticmethod
    def _send_away(worker):
        worker.is_leaving = True
        os.kill(worker.pid, signal.SIGTERM)

    def _stop(self, number):
        """Tell all to end; told again, they do so at once."""
        LOG.info('Stopping (%s)', signal.Signals(number).name)
        patience = CONF.graceful_shutdown_timeout
        is_first = self._stop_by is None
        self._stop_by = (float('inf') if not patience and is_first else
                         time.monotonic() + SECONDS_TO_KILL + (patience if is_first else 0))
        self._nursery.close()
        self._unborn.clear()
        for worker in self._workers.values():
            self._send_away(worker)

    def _kill_late_ones(self):
        if time.monotonic() > self._stop_by:
            for pid in self._workers:
                os.kill(pid, signal.SIGKILL)
