# SPDX-License-Identifier: Apache-2.0
"""A workflow as a list of steps, each with its undo and its way to see what has happened.

A step may be repeated at any time, an undo too: after a crash nobody knows
how far the last try came, so ``happened`` asks the world, not a memory.
"""

import contextlib
import dataclasses
import traceback
from collections.abc import Callable

from oslo_log import log
from oslo_utils import timeutils

from nova_lite import exception

LOG = log.getLogger(__name__)

SUCCESS = 'Success'
ERROR = 'Error'


@dataclasses.dataclass(frozen=True)
class Step:
    """One effect on the world.

    :ivar do: makes it; takes the state object of the workflow
    :ivar undo: takes it back, also when only a part or nothing of it is there
    :ivar happened: whether it is there already; None: doing it again is as cheap
    """

    name: str
    do: Callable
    undo: Callable | None = None
    happened: Callable | None = None


class Journal:
    """The steps of one run as events: what, when, where, with what result."""

    def __init__(self, host):
        self.host = host
        self.events = []

    @contextlib.contextmanager
    def record(self, name):
        """Note what runs inside as one event."""
        event = {'event': name, 'host': self.host, 'start_time': _now(), 'result': SUCCESS}
        self.events.append(event)
        try:
            yield event
        except Exception as error:
            event.update(result=ERROR, details=str(error), traceback=traceback.format_exc())
            raise
        finally:
            event['finish_time'] = _now()


def _now():
    return timeutils.utcnow().isoformat(timespec='microseconds')


def run(steps, state, *, journal, before_each):
    """Do the steps in order; if one fails, undo it and those before it, then raise.

    :param before_each: called with the step's name; raises LeaseLost when the
        work is no longer ours. Then nothing is undone: whoever has taken over
        answers for what is there.
    :raises UndoFailed: if something may be left
    """
    for number, step in enumerate(steps):
        before_each(step.name)
        try:
            with journal.record(step.name):
                if step.happened is None or not step.happened(state):
                    step.do(state)
        except exception.LeaseLost:
            raise
        except Exception as error:
            undo(steps[:number + 1], state, journal=journal, because=error)
            raise


def undo(steps, state, *, journal, because=None):
    """Undo the steps in reverse order, all of them even if one fails.

    :raises UndoFailed: if one did
    """
    failed = []
    for step in reversed(steps):
        if step.undo is None:
            continue
        try:
            with journal.record(f'undo: {step.name}'):
                step.undo(state)
        except Exception as error:
            LOG.exception('Undo of %r failed', step.name)
            failed.append(f'{step.name}: {error}')
    if failed:
        raise exception.UndoFailed(steps='; '.join(failed), reason=because) from because
