# SPDX-License-Identifier: Apache-2.0
"""Where figures go that nobody looks at; the twin of recorder.py."""


class Nothing:
    """Takes everything and keeps nothing."""

    is_on = False

    def count(self, metric, labels):
        """Keep nothing."""

    def observe(self, metric, seconds, labels):
        """Keep nothing."""

    def note(self, metric, value, labels):
        """Keep nothing."""

    def timed(self, _metric, _labels):
        """Answer what times nothing."""
        return UNTIMED


class Untimed:
    """A while that nobody times; without state, so one is enough."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def ended(self, outcome):
        """Keep nothing."""


UNTIMED = Untimed()
