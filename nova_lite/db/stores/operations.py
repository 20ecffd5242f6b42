# SPDX-License-Identifier: Apache-2.0
"""The record of operations: every change of it, each one transaction.

Each write names the lease it believes in. A lease that was lost writes
nothing: the row count says so, the transaction is rolled back, the caller
gets LeaseLost. Locks are taken in the order server, operation, inventory,
address.
"""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import operation as models
from nova_lite.db.stores import (
    actions,
    compute_nodes,
    instances,
    networks,
    secrets,
    services,
    settlement,
)
from nova_lite.states import operation as op
from nova_lite.states import transitions, vm

operations = models.Operation.__table__
servers = instances.instances

UNFINISHED = operations.c.state.in_(op.UNFINISHED)


def begin(context, rows):
    """Insert operations with the actions they belong to; answer their ids by server.

    Called inside the transaction of the state change that they belong to.

    :param rows: dicts with kind, instance_uuid, phase, host, fence, arguments
        and, for a child, parent_id
    """
    common = {'state': op.PENDING, 'request_id': context.request_id,
              'user_id': context.user_id, 'project_id': context.project_id}
    defaults = {'host': None, 'fence': None, 'parent_id': None, 'arguments': {}}
    with engine.writer(context) as connection:
        found = connection.execute(
            operations.insert().values(created_at=db_now(), progress_at=db_now()).returning(
                operations.c.id, operations.c.instance_uuid),
            [{**defaults, **common, **row} for row in rows])
        ids = {row.instance_uuid: row.id for row in found}
        actions.start(context, list(_actions_of(rows, ids)))
    return ids


def _actions_of(rows, ids):
    for row in rows:
        action = transitions.TABLE[row['kind']].action
        if action is not None:
            yield {'action': action, 'operation_id': ids[row['instance_uuid']],
                   'instance_uuid': row['instance_uuid']}


@engine.retry_on_deadlock
def take(context, operation_id, incarnation, host):
    """Become the owner of the phase; answer operation, server and secrets, or None."""
    free = sa.or_(operations.c.owner.is_(None), operations.c.owner == incarnation,
                  operations.c.owner.not_in(services.living_incarnations()))
    with engine.writer(context) as connection:
        taken = connection.execute(operations.update().where(
            operations.c.id == operation_id, UNFINISHED, free,
            operations.c.host.is_(None) if host is None else operations.c.host == host).values(
                state=op.RUNNING, owner=incarnation, lease=operations.c.lease + 1,
                attempts=operations.c.attempts + 1, host_may_hold=host is not None,
                progress_at=db_now()))
        if not taken.rowcount:
            return None
        row = dict(_row(connection, operation_id))
        phase = _phase(row, row['phase'])
        instance = None
        if row['instance_uuid']:
            _show_task(connection, row, phase)
            instance = instances.get_by_uuid(
                context.elevated(), row['instance_uuid'], read_deleted=True)
        return {'operation': row, 'instance': instance,
                'secrets': secrets.unseal(context, operation_id)}


def get(context, operation_id):
    """Answer one operation's row.

    :raises OperationNotFound: if there is none
    """
    with engine.reader(context) as connection:
        return dict(_row(connection, operation_id))


def _row(connection, operation_id):
    row = connection.execute(
        sa.select(operations).where(operations.c.id == operation_id)).mappings().first()
    if row is None:
        raise exception.OperationNotFound(operation_id=operation_id)
    return row


def _phase(row, name):
    """Answer a phase of an operation as the table has it.

    :raises UnknownPhase: if this release does not know it
    """
    known = transitions.TABLE.get(row['kind'])
    phase = known and known.phase(name)
    if phase is None:
        raise exception.UnknownPhase(operation_id=row['id'], kind=row['kind'], phase=name)
    return phase


def _show_task(connection, row, phase):
    """Let the server show what is being done to it, if this phase changes that."""
    if phase.task_state is not None and phase is not transitions.TABLE[row['kind']].first_phase:
        connection.execute(servers.update().where(
            servers.c.uuid == row['instance_uuid'], servers.c.fence == row['fence'],
        ).values(task_state=phase.task_state, updated_at=db_now()))


@engine.retry_on_deadlock
def progress(context, operation_id, lease):
    """Note a sign of progress of the lease's holder, also of one that was given up for the time."""
    with engine.writer(context) as connection:
        _change(connection, operation_id, lease, state=op.RUNNING, progress_at=db_now())


def _change(connection, operation_id, lease, **values):
    """Change the operation if the lease still holds.

    :raises LeaseLost: if it does not
    """
    changed = connection.execute(operations.update().where(
        operations.c.id == operation_id, operations.c.lease == lease,
        operations.c.state.in_((op.RUNNING, op.WAITING_FOR_HOST))).values(**values))
    if not changed.rowcount:
        raise exception.LeaseLost(operation_id=operation_id, lease=lease)


def _change_server(connection, row, **values):
    """Change the server if no later operation has taken it over.

    :raises LeaseLost: if one has
    """
    changed = connection.execute(servers.update().where(
        servers.c.uuid == row['instance_uuid'], servers.c.fence == row['fence'],
    ).values(updated_at=db_now(), **values))
    if not changed.rowcount:
        raise exception.LeaseLost(operation_id=row['id'], lease=row['lease'])


@engine.retry_on_deadlock
def hand_over(context, operation_id, lease, next_phase):
    """End the phase and begin the next.

    Nothing of the guest is on the old host any more: who hands over has made
    sure of that.

    :param next_phase: objects.HandOver
    """
    with engine.writer(context) as connection:
        row = _row(connection, operation_id)
        phase = _phase(row, next_phase.phase)
        changes = {'host': next_phase.host, 'node': next_phase.node}
        if phase.owner is transitions.Owner.HOST:
            changes['launched_on'] = next_phase.host
            changes['availability_zone'] = services.zone_of(next_phase.host)
        _change_server(connection, row, **changes)
        _change(connection, operation_id, lease, **_pending(row, next_phase))
        actions.add_events(context, operation_id, next_phase.events)
        if next_phase.changes.get('failed_on'):
            compute_nodes.note_failed_build(context, *next_phase.changes['failed_on'])
        if next_phase.allocate_networks:
            _change_server(connection, row, network_info=networks.allocate(
                context, row['instance_uuid'], next_phase.host,
                row['arguments'].get('networks', 'auto'), row['project_id']))


def _pending(row, next_phase):
    return {'state': op.PENDING, 'phase': next_phase.phase, 'host': next_phase.host,
            'owner': None, 'host_may_hold': False, 'attempts': 0, 'progress_at': db_now(),
            'arguments': {**row['arguments'], **next_phase.changes}}


@engine.retry_on_deadlock
def give_back(context, operation_id, lease):
    """Leave the phase without an owner; the sweeper finds it one."""
    with engine.writer(context) as connection:
        _change(connection, operation_id, lease, state=op.PENDING, owner=None,
                progress_at=db_now())


@engine.retry_on_deadlock
def finish(context, operation_id, lease, outcome):
    """End the operation; repeating it with the same lease changes nothing.

    :param outcome: objects.Outcome
    """
    with engine.writer(context) as connection:
        row = _row(connection, operation_id)
        if row['state'] in op.FINISHED and row['lease'] == lease:
            return
        state = op.FAILED if outcome.fault else op.DONE
        if row['instance_uuid']:
            _settle_server(context, connection, row, outcome)
        _change(connection, operation_id, lease, state=state, owner=None, host_may_hold=False,
                finished_at=db_now(), message=(outcome.fault or {}).get('message'))
        actions.finish(context, operation_id, outcome)
        secrets.forget(context, operation_id)


def _settle_server(context, connection, row, outcome):
    """Record what the outcome says is true, if the table allows that end."""
    table_row = transitions.TABLE[row['kind']]
    # Without an end of its own an operation leaves the state alone; others must name theirs.
    if outcome.vm_state not in (table_row.ends_in | {table_row.fails_to}):
        raise exception.OutcomeNotAllowed(kind=row['kind'], vm_state=outcome.vm_state)
    if table_row.kind == transitions.CLEAN_UP:
        settlement.release_everything(context, row['instance_uuid'])
        return
    _change_server(connection, row, **settlement.changes_for(outcome, row))
    if outcome.fault:
        actions.record_fault(context, row['instance_uuid'], outcome.fault)
    if outcome.vm_state == vm.ACTIVE and table_row.kind == transitions.BUILD:
        compute_nodes.note_good_build(context, row['host'])
    if outcome.vm_state == vm.DELETED and settlement.is_local_delete(row):
        _free_now_or_leave_to_host(context, connection, row)
    elif outcome.vm_state == vm.DELETED or settlement.failed_build(row, outcome):
        settlement.release_everything(context, row['instance_uuid'])


def _free_now_or_leave_to_host(context, connection, row):
    """Free what a server without host held; else have its host clean up before that.

    A host that is away may still run the guest: its room and its addresses
    stay taken until the host has said that nothing is left.
    """
    host = connection.execute(sa.select(servers.c.host).where(
        servers.c.uuid == row['instance_uuid'])).scalar()
    if host is None:
        settlement.release_everything(context, row['instance_uuid'])
        return
    begin(context, [{
        'kind': transitions.CLEAN_UP, 'phase': transitions.REMOVE_LEFTOVERS, 'host': host,
        'instance_uuid': row['instance_uuid'], 'fence': row['fence'], 'parent_id': row['id']}])


def supersede(context, instance_uuid, by_operation_id):
    """End everything else that runs on a server, in favour of another operation."""
    others = sa.and_(operations.c.instance_uuid == instance_uuid, UNFINISHED,
                     operations.c.id != by_operation_id)
    with engine.writer(context) as connection:
        ids = connection.execute(sa.select(operations.c.id).where(others)).scalars().all()
        for operation_id in ids:
            actions.close(context, operation_id, 'Superseded by a later request.')
            secrets.forget(context, operation_id)
        if ids:
            connection.execute(operations.update().where(operations.c.id.in_(ids)).values(
                state=op.SUPERSEDED, superseded_by=by_operation_id, owner=None,
                lease=operations.c.lease + 1, finished_at=db_now()))
    return ids


def unfinished_for_host(context, host):
    """Answer the operations whose phase belongs to a host."""
    with engine.reader(context) as connection:
        found = connection.execute(sa.select(operations).where(
            operations.c.host == host, UNFINISHED).order_by(operations.c.id))
        return [dict(row) for row in found.mappings()]
