# SPDX-License-Identifier: Apache-2.0
"""The master of a daemon with several processes: has them forked, watches them, passes signals on.

What runs in a worker is process.Alone. The master has no threads and blocks
its signals, so nothing is lost between two looks: it takes one after the other.
It has loaded neither what workers run nor options nor the log, which would be 50 MB
that only wait: other processes, which run the program in another part (parts.py),
fork the workers (nursery.py) and write what the master has to say (cmd/daemon.py).
A pipe tells each worker that the master lives.
"""

import contextlib
import logging
import os
import select
import signal
import struct
import time

from nova_lite import parts

ENDS = {signal.SIGTERM, signal.SIGINT}
REPORT = signal.SIGUSR2
SIGNALS = {*ENDS, REPORT, signal.SIGHUP, signal.SIGCHLD}

FAILED = 1
LOOK_AGAIN_AFTER = 0.1
"""Seconds between two looks at what no signal tells."""

START_AGAIN_AFTER = 1.0
"""Seconds between two starts of one worker, so that one that can not start costs little."""

SECONDS_TO_KILL = 10
"""What a worker may take to end on top of graceful_shutdown_timeout."""

BORN = 1
SERVES = 2

ORDER = struct.Struct('=i')
"""What a nursery is told: the number of a worker."""

NEWS = struct.Struct('=iii')
"""What is heard of a worker: BORN or SERVES, its number, its process.
Written and read at once, for it is less than a pipe keeps together."""


class Worker:
    """One process.

    :ivar number: its place among the workers
    :ivar serves: it has said so
    :ivar is_leaving: it was told to end
    :ivar successor: the process that takes its place when it serves
    """

    # Not a dataclass: what makes these has 1 MB.
    def __init__(self, pid, number):
        self.pid = pid
        self.number = number
        self.serves = False
        self.is_leaving = False
        self.successor = None


class Nursery:
    """Where workers come from: a process while some are wanted.

    :param given: what it is handed over beside its pipes
    """

    def __init__(self, given):
        self._given = given
        # The other end closes with the master.
        self._orphaned, self._lifeline = os.pipe()
        self._told, self._tell = os.pipe()
        for kept_by_workers in (self._orphaned, self._tell):
            os.set_inheritable(kept_by_workers, True)
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
        while select.select([self._told], [], [], 0)[0]:
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
        os.set_inheritable(orders, True)
        self._pid = parts.start(parts.NURSERY, orders=orders, tell=self._tell,
                                orphaned=self._orphaned, **self._given)
        os.close(orders)


class Master:
    """Keeps a number of workers running until it is told to stop.

    :param count: how many
    :param patience: seconds that their running work may take at a stop; 0 for without end
    :param replaced_on_reload: SIGHUP replaces them one after another, so that new ones have
        all options anew; otherwise it is passed on to them
    :param given: what the process that forks them is handed over
    """

    def __init__(self, *, count, patience, replaced_on_reload, given):
        self._count = count
        self._patience = patience
        self._replaced_on_reload = replaced_on_reload
        self._nursery = Nursery(given)
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
        for number in range(self._count):
            self._order(number)
        while self._workers or self._stop_by is None:
            self._take(self._next_signal())
            self._look()
        return self._exit_code

    def _is_quiet(self):
        """Whether nothing is left to do but to wait for a signal."""
        return not (self._unborn or self._start_at or self._is_to_renew or self._to_replace
                    or self._stop_by is not None) and all(
                        worker.serves for worker in self._workers.values())

    def _next_signal(self):
        if self._is_quiet():
            return signal.sigwait(SIGNALS)
        found = signal.sigtimedwait(SIGNALS, LOOK_AGAIN_AFTER)
        return found and found.si_signo

    def _take(self, number):
        if number in ENDS:
            self._stop()
        elif number == signal.SIGHUP and self._stop_by is None:
            self._reload()
        elif number == signal.SIGCHLD:
            self._reap()
        elif number == REPORT:
            self._hear()
            _tell(report=self._described())

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
            if word == BORN:
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
            _log(logging.ERROR, f'Worker {number} can not be started ({code})')
            if predecessor is None or predecessor.pid not in self._workers:
                self._start_at[number] = time.monotonic() + START_AGAIN_AFTER
            else:
                self._to_replace.clear()
        if unborn and not self._has_served:
            # It never worked, and whoever has started us is to see that.
            self._exit_code = FAILED
            self._stop()

    def _bury(self, worker, code):
        ended = f'orker {worker.number} (process {worker.pid}) ended with {code}'
        if worker.is_leaving:
            if code:
                _log(logging.ERROR, f'W{ended}')
                self._exit_code = FAILED if self._stop_by is not None else self._exit_code
            return
        heirs = [other for other in self._workers.values() if other.successor == worker.pid]
        if heirs:
            _log(logging.ERROR, f'New w{ended}; the old ones go on')
            heirs[0].successor = None
            self._to_replace.clear()
        elif worker.successor is None and worker.number not in self._unborn:
            _log(logging.ERROR, f'W{ended}')
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
        if self._replaced_on_reload:
            _log(logging.INFO, 'Replacing the workers: new ones take all options, but addresses '
                               'and their number')
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

    def _stop(self):
        """Tell all to end; told again, they do so at once."""
        is_first = self._stop_by is None
        self._stop_by = (float('inf') if not self._patience and is_first else
                         time.monotonic() + SECONDS_TO_KILL + (self._patience if is_first else 0))
        self._nursery.close()
        self._unborn.clear()
        for worker in self._workers.values():
            # One that makes way for another leaves already, and would take it for a second time.
            if not (is_first and worker.is_leaving):
                self._send_away(worker)

    def _kill_late_ones(self):
        if time.monotonic() > self._stop_by:
            for pid in self._workers:
                os.kill(pid, signal.SIGKILL)

    def _described(self):
        """Answer worker -> what it is, for a guru meditation report."""
        return {f'worker {worker.number}': f'process {pid}, ' + (
            'is leaving' if worker.is_leaving else 'serves' if worker.serves else 'starts')
            for pid, worker in self._workers.items()}


def _log(level, text):
    """Write a line, by somebody who has read where; if the options are broken, as it is."""
    if _tell(level=level, text=text):
        os.write(2, f'{text}\n'.encode())


def _tell(**given):
    """Have the scribe write; answer its exit code."""
    _pid, status = os.waitpid(parts.start(parts.SCRIBE, **given), 0)
    return os.waitstatus_to_exitcode(status)
