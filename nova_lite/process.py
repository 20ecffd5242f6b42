# SPDX-License-Identifier: Apache-2.0
"""The process of a daemon: signals, and how many processes there are.

With one worker the daemon is this process alone; a master that only waits
would cost memory, and systemd does its work. With several, oslo.service forks
and watches them.
"""

import os
import select
import signal
import socket

from oslo_config import cfg
from oslo_log import log
from oslo_service import service as oslo_service

CONF = cfg.CONF
LOG = log.getLogger(__name__)

EXIT_HUNG = 1


def run(services):
    """Run until told to stop.

    :param services: (oslo.service ServiceBase, workers) pairs
    """
    if all(workers == 1 for _service, workers in services):
        Alone([service for service, _workers in services]).run()
        return
    launcher = oslo_service.ProcessLauncher(CONF, restart_method='mutate')
    for service, workers in services:
        launcher.launch_service(service, workers=workers)
    launcher.wait()


class Alone:
    """Services in this process; SIGTERM and SIGINT end it, SIGHUP reads the options again."""

    ENDS = (signal.SIGTERM, signal.SIGINT)

    def __init__(self, services):
        self._services = services
        self._arrived = []
        self._is_starting = True

    def run(self):
        """Start, wait for a signal, stop."""
        # A byte for each signal wakes the main thread on either kind of threads.
        wakes, waker = socket.socketpair()
        wakes.setblocking(False)
        waker.setblocking(False)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        for number in (*self.ENDS, signal.SIGHUP):
            signal.signal(number, self._note)
        for service in self._services:
            service.start()
        self._is_starting = False
        self._wait(wakes)
        self._stop()

    def _note(self, number, _frame):
        if self._is_starting and number in self.ENDS:
            # A start waits for broker and database, however long; nothing is served yet.
            os._exit(0)
        self._arrived.append(number)

    def _wait(self, wakes):
        while True:
            while self._arrived:
                number = self._arrived.pop(0)
                if number in self.ENDS:
                    LOG.info('Stopping (%s)', signal.Signals(number).name)
                    return
                CONF.mutate_config_files()
            select.select([wakes], [], [])
            wakes.recv(4096)

    def _stop(self):
        """Wait for running work, but not without end: its record lets others go on."""
        signal.signal(signal.SIGALRM, self._give_up)
        signal.alarm(CONF.graceful_shutdown_timeout)
        for service in reversed(self._services):
            service.stop()
        for service in reversed(self._services):
            service.wait()
        signal.alarm(0)

    @staticmethod
    def _give_up(_number, _frame):
        os.write(2, b'Running work took too long; leaving it to its record\n')
        os._exit(EXIT_HUNG)
