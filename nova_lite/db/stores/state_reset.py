# SPDX-License-Identifier: Apache-2.0
"""A server is declared to be in a state by an operator: SQL.

For os-resetState and nova-lite-manage. What it does to the guest is nothing; what
an operation does is ended first, by the function that ``operation abandon`` uses.
"""

import dataclasses

import sqlalchemy as sa
from oslo_utils import timeutils

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.stores import actions, instances, notices, operations, operations_admin
from nova_lite.states import operation as op
from nova_lite.states import transitions, vm

servers = instances.instances
table = operations.operations

EVENT = 'operator_reset_state'
RESULT = 'Success'


@dataclasses.dataclass(frozen=True)
class Reset:
    """What is declared, and by whom.

    :ivar vm_state: one of ``ends_in`` of the operation ``reset_state``
    :ivar abandonment: how an operation that is at work is ended; None refuses then
    :ivar even_without_host: it is called active also where there can be no guest
    """

    vm_state: str
    who: str
    reason: str | None = None
    abandonment: operations_admin.Abandonment | None = None
    even_without_host: bool = False

    def event(self, before):
        """Answer the step that the server's action has for ever."""
        moment = timeutils.utcnow().isoformat(timespec='microseconds')
        reason = f': {self.reason}' if self.reason else ''
        return {'event': EVENT, 'host': before['host'], 'result': RESULT,
                'start_time': moment, 'finish_time': moment,
                'details': f'{before["vm_state"]} (task {before["task_state"] or "none"}) -> '
                           f'{self.vm_state}, by {self.who}{reason}'}


def unfinished(context, uuid):
    """Answer the operations that are at work on a server, oldest first."""
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(sa.select(table).where(
            table.c.instance_uuid == uuid, table.c.state.in_(op.UNFINISHED),
        ).order_by(table.c.id)).mappings()]


def check(server, running, wanted):
    """Refuse what would not be true, or would be undone by what runs; pure.

    :param running: unfinished operations on the server
    :raises ServerIsWorkedOn: if there are, and they are not to be ended
    :raises OperationHasEnded, HostMayHoldGuest: if they can't be ended
    :raises ServerHasNoHost: if it is to be active, there can be no guest, and that is looked at
    """
    for row in running:
        if wanted.abandonment is None:
            raise exception.ServerIsWorkedOn(
                instance_uuid=server['uuid'], operation_id=row['id'], kind=row['kind'])
        operations_admin.check_abandonment(row, wanted.abandonment)
    if (wanted.vm_state == vm.ACTIVE and server['host'] is None
            and not wanted.even_without_host):
        raise exception.ServerHasNoHost(instance_uuid=server['uuid'])


@engine.retry_on_deadlock
def reset(context, uuid, wanted):
    """Set a server's state, without any task; answer its row as it was.

    The fence is raised, so that nobody who still believes to be at work can write.

    :raises InstanceNotFound: if there is none, or it is deleted
    :raises ServerIsWorkedOn, HostMayHoldGuest, ServerHasNoHost: and nothing is changed
    """
    with engine.writer(context) as connection:
        before = _locked(connection, uuid)
        running = unfinished(context, uuid)
        check(before, running, wanted)
        for row in running:
            operations_admin.abandon(context, row['id'], wanted.abandonment)
        # What was abandoned may have taken the server's host away.
        now = _locked(connection, uuid)
        check(now, (), wanted)
        changes = {'vm_state': wanted.vm_state, 'task_state': None}
        notices.changing(context, context, uuid, changes)
        connection.execute(servers.update().where(servers.c.uuid == uuid).values(
            fence=now['fence'] + 1, updated_at=db_now(), **changes))
        actions.record(context, {
            'action': transitions.TABLE[transitions.RESET_STATE].action, 'instance_uuid': uuid},
            wanted.event(before))
        return before


def _locked(connection, uuid):
    row = connection.execute(sa.select(servers).where(
        servers.c.uuid == uuid, servers.c.deleted.is_(False)).with_for_update()).mappings().first()
    if row is None:
        raise exception.InstanceNotFound(instance_id=uuid)
    return dict(row)
