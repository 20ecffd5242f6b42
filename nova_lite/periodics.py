# SPDX-License-Identifier: Apache-2.0
"""Runs what managers mark as periodic: each task in a thread of its own, never twice at once."""

import random
import threading
import time

from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception

LOG = log.getLogger(__name__)


class Periodics:
    """The periodic work of one manager, from ``start`` to ``stop``.

    :param tasks: (method, manager.Periodic) pairs
    """

    def __init__(self, tasks):
        self._tasks = tasks
        self._threads = {}
        self._is_stopping = False
        self._changed = threading.Condition()

    def start(self):
        """Run them from now on; what is switched off has no thread."""
        with self._changed:
            for method, when in self._tasks:
                if method.__name__ not in self._threads and when.spacing() > 0:
                    self._threads[method.__name__] = threading.Thread(
                        target=self._run, args=(method, when), daemon=True,
                        name=f'periodic {method.__name__}')
                    self._threads[method.__name__].start()

    def look_again(self):
        """The options were read again: what waits may be due sooner, or is switched on or off."""
        with self._changed:
            self._changed.notify_all()
        self.start()

    def stop(self):
        """Start none any more, wait for those that run."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()
            running = list(self._threads.values())
        for thread in running:
            thread.join()

    def _run(self, method, when):
        since = time.monotonic()
        # Many hosts that start together shall not ask the conductor together.
        share = 0 if when.run_immediately else random.random()
        while self._is_due(method, when, since, share):
            since, share = time.monotonic(), 1
            run_once(method)

    def _is_due(self, method, when, since, share):
        """Wait for a share of the spacing, which may change; false if it has become nothing."""
        with self._changed:
            while not self._is_stopping and when.spacing() > 0:
                left = since + share * when.spacing() - time.monotonic()
                if left <= 0:
                    return True
                self._changed.wait(left)
            del self._threads[method.__name__]
            return False


def run_once(method):
    """Run a task; what it raises ends this run only."""
    with nova_context.afresh():
        try:
            method()
        except exception.ServiceUnavailable as error:
            LOG.warning('Periodic %s: %s', method.__name__, error)
        except Exception:
            # The edge of a thread; the next run is a new chance.
            LOG.exception('Periodic %s failed', method.__name__)
