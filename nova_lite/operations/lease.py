# SPDX-License-Identifier: Apache-2.0
"""A worker's hold on a phase."""

import threading
import time

from nova_lite import objects

RENEWAL_INTERVAL = 10.0
"""Seconds between two signs of progress of a step that reports often."""


class Lease:
    """What a workflow asks before each effect: is this still mine?

    :param persist: asks a question again until there is an answer
    """

    def __init__(self, context, operation, persist):
        self._context = context
        self._persist = persist
        self.operation_id = operation.id
        self.number = operation.lease
        self._contested = threading.Event()
        self._renewed_at = time.monotonic()

    def contest(self):
        """Have the next check ask: something else has come up for the same server."""
        self._contested.set()

    def check(self):
        """Ask only if there is reason to doubt, or it is time for a sign of progress.

        :raises LeaseLost: if the work is somebody else's now
        """
        is_due = time.monotonic() - self._renewed_at > RENEWAL_INTERVAL
        if is_due or self._contested.is_set():
            self.renew()

    def renew(self):
        """Ask in any case; before the start of a domain, and after every long wait.

        :raises LeaseLost: if the work is somebody else's now
        """
        self._contested.clear()
        self._persist(lambda: objects.Operation.progress(
            self._context, self.operation_id, self.number))
        self._renewed_at = time.monotonic()
