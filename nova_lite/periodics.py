# SPDX-License-Identifier: Apache-2.0
"""Runs what managers mark as periodic: each task in a thread of its own, never twice at once."""

import random
import threading
import time

from oslo_log import log

from nova_lite import exception

LOG = log.getLogger(__name__)


class Periodics:
    """The periodic work of one manager, from ``start`` to ``stop``.

    :param tasks: (method, manager.Periodic) pairs
    """

    def __init__(self, tasks):
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(method, when), daemon=True,
                             name=f'periodic {method.__name__}')
            for method, when in tasks if when.spacing() > 0]

    def start(self):
        """Run them from now on."""
        for thread in self._threads:
            thread.start()

    def stop(self):
        """Start none any more, wait for those that run."""
        self._stopping.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _run(self, method, when):
        # Many hosts that start together shall not ask the conductor together.
        wait = 0 if when.run_immediately else random.uniform(0, when.spacing())
        while not self._stopping.wait(wait):
            started = time.monotonic()
            run_once(method)
            wait = max(0.0, when.spacing() - (time.monotonic() - started))


def run_once(method):
    """Run a task; what it raises ends this run only."""
    try:
        method()
    except exception.ServiceUnavailable as error:
        LOG.warning('Periodic %s: %s', method.__name__, error)
    except Exception:
        # The edge of a thread; the next run is a new chance.
        LOG.exception('Periodic %s failed', method.__name__)
