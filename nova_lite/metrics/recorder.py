# SPDX-License-Identifier: Apache-2.0
"""Where figures go that somebody looks at: the library's objects; the twin of nothing.py.

Loaded only by service.py, for it loads prometheus_client.
"""

import time

import prometheus_client

from nova_lite.metrics import catalogue

OK = 'ok'


class Recorder:
    """Keeps what one process measures.

    :param registry: where it is read; None if the values are in files (shared.py)
    """

    is_on = True

    def __init__(self, registry=None):
        self._kept = {metric: _kept(metric, registry) for metric in catalogue.ALL}

    def _of(self, metric, labels):
        kept = self._kept[metric]
        return kept.labels(*labels) if labels else kept

    def count(self, metric, labels):
        """Add one."""
        self._of(metric, labels).inc()

    def observe(self, metric, seconds, labels):
        """Put it into its bucket."""
        self._of(metric, labels).observe(seconds)

    def note(self, metric, value, labels):
        """Replace the value."""
        self._of(metric, labels).set(value)

    def timed(self, metric, labels):
        """Answer what times the block that it stands before."""
        return Timed(self, metric, labels)


class Timed:
    """A while, from its begin to its end."""

    def __init__(self, recorder, metric, labels):
        self._recorder = recorder
        self._metric = metric
        self._labels = labels
        self._outcome = OK

    def ended(self, outcome):
        """Say how it ended, where no error does."""
        self._outcome = outcome

    def __enter__(self):
        self._begin = time.monotonic()
        return self

    def __exit__(self, kind, *error):
        outcome = kind.__name__ if kind else self._outcome
        self._recorder.observe(
            self._metric, time.monotonic() - self._begin, (*self._labels, outcome))
        return False


def _kept(metric, registry):
    """Answer the library's object."""
    given = (metric.name, metric.help, metric.labels)
    if metric.kind == catalogue.COUNTER:
        return prometheus_client.Counter(*given, registry=registry)
    if metric.kind == catalogue.GAUGE:
        return prometheus_client.Gauge(
            *given, registry=registry, multiprocess_mode=metric.workers)
    return prometheus_client.Histogram(*given, registry=registry, buckets=metric.limits)
