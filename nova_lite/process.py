# SPDX-License-Identifier: Apache-2.0
"""The processes of a daemon, and the signals that they get.

With one worker the daemon is this process alone, for systemd does a master's work.
With several, workers.py watches them. In each of them SIGTERM and SIGINT end it after
its running work, a second one ends it at once, SIGHUP reads the options again.
"""

import contextlib
import logging
import os
import select
import signal
import socket

from oslo_config import cfg
from oslo_log import log

from nova_lite import workers

CONF = cfg.CONF
LOG = log.getLogger(__name__)

EXIT_HUNG = 1
ENDS = (signal.SIGTERM, signal.SIGINT)

SECONDS_TO_GIVE_BACK = 5
"""What a stop may take on top of graceful_shutdown_timeout."""


def leave(code):
    """End at once: threads that still run hold nothing that others do not take over."""
    logging.shutdown()
    os._exit(code)


class Alone:
    """Services in this process.

    :param ready: called when all of them serve
    :param orphaned: file descriptor that becomes readable when nobody watches us any more
    """

    def __init__(self, services, *, ready=lambda: None, orphaned=None):
        self._services = services
        self._ready = ready
        self._orphaned = orphaned
        self._arrived = []
        self._is_starting = True
        self._is_stopping = False

    def run(self):
        """Start, wait for a signal, stop, end the process."""
        # A byte for each signal wakes the main thread on either kind of threads.
        wakes, waker = socket.socketpair()
        wakes.setblocking(False)
        waker.setblocking(False)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        for number in (*ENDS, signal.SIGHUP):
            signal.signal(number, self._note)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, workers.SIGNALS)
        for service in self._services:
            service.start()
        self._is_starting = False
        self._ready()
        self._wait(wakes)
        self._stop()
        LOG.info('Stopped')
        leave(0)

    def _note(self, number, _frame):
        if number in ENDS and self._is_starting:
            # A start waits for broker and database, however long; nothing is served yet.
            os._exit(0)
        if number in ENDS and self._is_stopping:
            os.write(2, b'Told twice to stop; leaving running work to its record\n')
            os._exit(EXIT_HUNG)
        self._arrived.append(number)

    def _wait(self, wakes):
        watched = [wakes] if self._orphaned is None else [wakes, self._orphaned]
        while True:
            while self._arrived:
                number = self._arrived.pop(0)
                if number in ENDS:
                    LOG.info('Stopping (%s)', signal.Signals(number).name)
                    return
                self._read_options_again()
            readable, _writable, _failed = select.select(watched, [], [])
            if self._orphaned in readable:
                LOG.warning('Stopping: the process that watched this one has ended')
                return
            with contextlib.suppress(BlockingIOError):
                wakes.recv(4096)

    def _read_options_again(self):
        LOG.info('Reading the options again')
        CONF.mutate_config_files()
        for service in self._services:
            service.reset()

    def _stop(self):
        """Wait for running work, but not without end: its record lets others go on."""
        self._is_stopping = True
        signal.signal(signal.SIGALRM, self._give_up)
        if CONF.graceful_shutdown_timeout:
            signal.alarm(CONF.graceful_shutdown_timeout + SECONDS_TO_GIVE_BACK)
        for service in reversed(self._services):
            service.stop()
        for service in reversed(self._services):
            service.wait()
        signal.alarm(0)

    @staticmethod
    def _give_up(_number, _frame):
        os.write(2, b'Running work took too long; leaving it to its record\n')
        os._exit(EXIT_HUNG)
