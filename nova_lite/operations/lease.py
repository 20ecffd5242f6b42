# SPDX-License-Identifier: Apache-2.0
"""A worker's hold on a phase."""

import threading
import time

from nova_lite import objects

RENEWAL_INTERVAL = 10.0
"""Seconds between two signs of progress of a step that reports often."""

CERTAIN_FOR = 5.0
"""Seconds for which an answer is certain: a quarter of the time after which others take over."""


class Lease:
    """What a workflow asks before each effect: is this still mine?

    :param persist: asks a question again until there is an answer
    :param taken_at: monotonic time at which the phase was asked for
    """

    def __init__(self, context, operation, persist, taken_at):
        self._context = context
        self._persist = persist
        self.operation_id = operation.id
        self.number = operation.lease
        self._contested = threading.Event()
        self._confirmed_at = taken_at

    def contest(self):
        """Have the next check ask: something else has come up for the same server."""
        self._contested.set()

    def check(self):
        """Ask only if there is reason to doubt, or it is time for a sign of progress.

        :raises LeaseLost: if the work is somebody else's now
        """
        self._ask_if_older_than(RENEWAL_INTERVAL)

    def make_certain(self):
        """Ask unless the last answer is so fresh that nobody can have taken over since.

        Before the start of a domain.

        :raises LeaseLost: if the work is somebody else's now
        """
        self._ask_if_older_than(CERTAIN_FOR)

    def _ask_if_older_than(self, age):
        asked_at = time.monotonic()
        if asked_at - self._confirmed_at <= age and not self._contested.is_set():
            return
        self._contested.clear()
        self._persist(lambda: objects.Operation.progress(
            self._context, self.operation_id, self.number))
        # The time of the question: the answer may have been long on its way.
        self._confirmed_at = asked_at
