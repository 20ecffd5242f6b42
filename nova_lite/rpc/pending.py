# SPDX-License-Identifier: Apache-2.0
"""What this process waits for and what it is asked, for a guru meditation report.

Read without a lock: whoever reads may have interrupted the one who writes.
"""

import contextlib
import itertools
import time

_numbers = itertools.count()


class Pending:
    """Things that have begun and not ended."""

    def __init__(self):
        self._begun = {}

    @contextlib.contextmanager
    def noted(self, method, peer):
        """Note something while it lasts.

        :param peer: who answers it or has asked for it
        """
        number = next(_numbers)
        self._begun[number] = (time.monotonic(), method, peer)
        try:
            yield
        finally:
            del self._begun[number]

    def described(self):
        """Answer a text for each, the oldest first."""
        now = time.monotonic()
        return [f'{method} ({peer}), for {now - since:.1f} s'
                for since, method, peer in sorted(self._begun.copy().values(), key=_when)]


def _when(entry):
    return entry[0]


questions = Pending()
"""Calls whose answer has not come."""

requests = Pending()
"""Messages whose method runs."""
