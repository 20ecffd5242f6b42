# SPDX-License-Identifier: Apache-2.0
"""Finds operations that stopped moving, and says what sets each in motion again.

Runs in every conductor. The decision is a pure function of one row; the
change it makes is conditional, so several sweepers do no harm to each other.
"""

import dataclasses
import enum

from oslo_config import cfg
from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, metrics, objects
from nova_lite.metrics import catalogue
from nova_lite.objects import base as objects_base
from nova_lite.states import operation as op
from nova_lite.states import transitions

LOG = log.getLogger(__name__)
CONF = cfg.CONF


class Remedy(enum.Enum):
    """What an operation needs."""

    LEAVE = 'leave'                # it moves, or only somebody else can tell
    WAKE = 'wake'                  # its wake-up may be lost, or its owner is gone
    RELEASE = 'release'            # its owner lives and does not move: void the lease, wake
    WAIT_FOR_HOST = 'wait'         # only its host can go on; let the user see that
    GO_ON_WITHOUT_HOST = 'go on'   # the table has a controller's phase for this


@dataclasses.dataclass(frozen=True)
class Symptoms:
    """What is known of an unfinished operation.

    :ivar idle: seconds since the last sign of progress, by the database's clock
    :ivar host_is_up: None for a controller's phase
    """

    kind: str
    phase: str
    state: str
    owner_lives: bool
    host_is_up: bool | None
    host_may_hold: bool
    idle: float

    @classmethod
    def of(cls, row):
        """Read them off a row of the store."""
        return cls(**{field.name: row[field.name] for field in dataclasses.fields(cls)})


def remedy_for(symptoms, *, wake_up_again_after, absence_counts=True):
    """Decide, from what is known of an operation alone.

    :param absence_counts: False while nobody can be told to be gone from not having
        reported; then only lost wake-ups are made up for
    """
    if not absence_counts:
        if symptoms.state == op.RUNNING:
            return Remedy.LEAVE
        symptoms = dataclasses.replace(symptoms, host_is_up=True)
    row = transitions.TABLE.get(symptoms.kind)
    phase = row and row.phase(symptoms.phase)
    if phase is None:
        return Remedy.LEAVE
    if phase.owner is transitions.Owner.HOST and not symptoms.host_is_up:
        return _without_host(phase, symptoms)
    if symptoms.state == op.RUNNING and symptoms.owner_lives:
        if symptoms.idle <= phase.progress_timeout:
            return Remedy.LEAVE
        # What a host has begun only that host can end.
        return (Remedy.WAIT_FOR_HOST if phase.owner is transitions.Owner.HOST
                else Remedy.RELEASE)
    if phase.waits_for_parent:
        return Remedy.LEAVE
    if symptoms.state == op.RUNNING or symptoms.idle > wake_up_again_after:
        return Remedy.WAKE
    return Remedy.LEAVE


def _without_host(phase, symptoms):
    can_go_on = phase.when_host_is_gone and (
        phase.even_if_host_holds or not symptoms.host_may_hold)
    if can_go_on:
        return Remedy.GO_ON_WITHOUT_HOST
    return Remedy.LEAVE if symptoms.state == op.WAITING_FOR_HOST else Remedy.WAIT_FOR_HOST


class Sweeper:
    """One pass over the unfinished operations, again and again.

    :param wake: sends the wake-up to the owner of a phase
    :param was_well_for: answers the seconds for which this process has had
        both broker and database without a break
    """

    def __init__(self, *, wake, was_well_for):
        self._wake = wake
        self._was_well_for = was_well_for

    def sweep(self):
        """Set in motion what has stopped; answer how many operations that were.

        After an outage everybody is given one time to live to report before
        anything is taken from them; wake-ups that the outage swallowed are sent at once.
        """
        well_for = self._was_well_for()
        if not well_for:
            return 0
        context = nova_context.get_admin_context()
        moved = 0
        for row in objects_base.store('sweeping').unsettled(context):
            remedy = remedy_for(Symptoms.of(row),
                                wake_up_again_after=CONF.operations.wake_up_again_after,
                                absence_counts=well_for >= CONF.service_down_time)
            if remedy is not Remedy.LEAVE and self.apply(context, row, remedy):
                moved += 1
        objects_base.store('sweeping').forget_expired_keys(context)
        return moved

    def apply(self, context, row, remedy):
        """Give an operation what it needs; answer whether it still was as it was seen."""
        store = objects_base.store('sweeping')
        operation = objects.Operation.from_row(context, row)
        with nova_context.about(context, operation.instance_uuid):
            LOG.info('Operation %s (%s/%s, %s, idle %d s): %s', operation.id, operation.kind,
                     operation.phase, operation.state, row['idle'], remedy.value)
        try:
            if remedy is Remedy.WAIT_FOR_HOST:
                store.wait_for_host(context, operation)
                return True
            if remedy is Remedy.GO_ON_WITHOUT_HOST:
                store.go_on_without_host(context, operation)
                operation.host = None
            elif remedy is Remedy.RELEASE:
                store.release(context, operation)
            else:
                store.note_wake_up(context, operation)
        except exception.LeaseLost:
            return False
        metrics.count(catalogue.OPERATIONS_SWEPT, operation.kind, remedy.name.lower())
        with nova_context.afresh():
            self._wake(nova_context.for_operation(operation), operation.id,
                       operation.instance_uuid, operation.host)
        return True
