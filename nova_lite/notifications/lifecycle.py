# SPDX-License-Identifier: Apache-2.0
"""Which notification a change of an operation is. Pure.

An action starts when a host is asked for it (or a controller that stands in
for a host), and starts anew on each host that is tried. It ends, or fails, as
the operation does. What is internal, or done by the request itself, is no
action.
"""

import dataclasses
import enum

from nova_lite.notifications import form
from nova_lite.states import transitions

HOST = transitions.Owner.HOST


class Stage(enum.Enum):
    """How far an action is."""

    START = 'start'
    END = 'end'
    ERROR = 'error'
    GIVEN_UP = 'given up'  # by a controller, before any host was asked or after the last failed


@dataclasses.dataclass(frozen=True)
class Moment:
    """What is to be told of an action.

    :ivar action: its name as Nova has it
    :ivar host: whose news it is; None for a controller's
    :ivar node: of that host, where it is known
    """

    action: str
    stage: Stage
    host: str | None = None
    node: str | None = None

    @property
    def event_type(self):
        return f'instance.{self.action}.{self.stage.value}'

    @property
    def priority(self):
        return form.ERROR if self.stage is Stage.ERROR else form.INFO

    @property
    def publisher_id(self):
        return form.publisher(form.COMPUTE if self.host else form.CONDUCTOR, self.host)


def begun(kind, phase, host):
    """Answer the Moment of an operation that is recorded, None if it is none."""
    row = transitions.TABLE[kind]
    stands_in = phase in {each.when_host_is_gone for each in row.phases}
    if row.action is None or not (stands_in or row.phase(phase).owner is HOST):
        return None
    return Moment(row.action, Stage.START, host)


def handed_over(kind, phase, next_phase):
    """Answer the Moment of a hand-over, None if it is none.

    :param next_phase: objects.HandOver
    """
    row = transitions.TABLE[kind]
    if row.action is None:
        return None
    was_hosts, is_hosts = (row.phase(name).owner is HOST for name in (phase, next_phase.phase))
    if is_hosts and not was_hosts:
        return Moment(row.action, Stage.START, next_phase.host)
    if was_hosts and next_phase.changes.get('problem'):
        return Moment(row.action, Stage.ERROR, *next_phase.changes['failed_on'])
    return None


def finished(kind, phase, host, *, is_failed):
    """Answer the Moment of an operation's end, None if it is none."""
    row = transitions.TABLE[kind]
    if row.action is None:
        return None
    if not is_failed:
        return Moment(row.action, Stage.END, host)
    if kind == transitions.BUILD and row.phase(phase).owner is not HOST:
        return Moment(row.action, Stage.GIVEN_UP)
    return Moment(row.action, Stage.ERROR, host)
