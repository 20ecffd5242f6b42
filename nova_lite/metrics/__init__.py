# SPDX-License-Identifier: Apache-2.0
"""What a process counts and times: the front door.

``count(catalogue.SQL_CONFLICTS)`` and the like stand where things happen. They go
to nothing until the daemon has a page for them (service.py, put before its other
services by cmd/serve), so who measures does not ask whether anybody looks.

Labels are few and of few values: names of methods, routes, kinds and errors.
Never an id, a host, a user, or what a client wrote.
"""

from nova_lite.metrics import nothing

_recorder = nothing.Nothing()


def record_with(recorder):
    """Send all that is measured from now on to a recorder; None: to nothing."""
    global _recorder  # noqa: PLW0603 - one a process
    _recorder = recorder or nothing.Nothing()


def is_on():
    """Whether anybody looks; for what costs something even if nothing is measured."""
    return _recorder.is_on


def count(metric, *labels):
    """Something has happened once more."""
    _recorder.count(metric, labels)


def observe(metric, seconds, *labels):
    """Something took so long."""
    _recorder.observe(metric, seconds, labels)


def note(metric, value, *labels):
    """Something is so much now."""
    _recorder.note(metric, value, labels)


def timed(metric, *labels):
    """Time what is done inside; the last label is its outcome.

    That is ``ok``, the class of the error that it raises, or what it says by
    ``ended`` of the answer.
    """
    return _recorder.timed(metric, labels)
