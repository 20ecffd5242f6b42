# SPDX-License-Identifier: Apache-2.0
"""The record of operations: every change of it, each one transaction.

Each write names the lease it believes in, and a host's the host itself: a
lease that was lost, or that is another host's, writes nothing. The row count
says so, the transaction is rolled back, the caller gets LeaseLost. Locks are
taken in the order server, operation, inventory, address; addresses that are
free are nobody's, so they may be taken first.
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
    notices,
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
        notices.begun(context, rows)
    return ids


def _actions_of(rows, ids):
    for row in rows:
        action = transitions.TABLE[row['kind']].action
        if action is not None:
            yield {'action': action, 'operation_id': ids[row['instance_uuid']],
                   'instance_uuid': row['instance_uuid']}


@engine.retry_on_deadlock
def take(context, operation_id, incarnation, host):
    """Become the owner of the phase; answer operation, server and secrets, or None.

    Secrets and metadata go to hosts only: no controller's phase has a use for them.
    """
    with engine.writer(context) as connection:
        found = connection.execute(_to_be_taken(operation_id, incarnation, host)).first()
        if found is None or not found.is_free:
            return None
        row = _columns_of(operations, found)
        _phase(row, row['phase'])
        taken = connection.execute(operations.update().where(
            operations.c.id == operation_id, operations.c.lease == row['lease'],
            operations.c.state == row['state'], operations.c.phase == row['phase']).values(
                state=op.RUNNING, owner=incarnation, lease=row['lease'] + 1,
                attempts=row['attempts'] + 1, host_may_hold=host is not None,
                progress_at=db_now()))
        if not taken.rowcount:
            return None
        row.update(state=op.RUNNING, lease=row['lease'] + 1, attempts=row['attempts'] + 1,
                   host_may_hold=host is not None)
        instance = found.uuid and _columns_of(servers, found)
        if host is None:
            return {'operation': row, 'instance': instance, 'secrets': {}}
        return {'operation': row, 'secrets': secrets.opened(found.sealed),
                'instance': instance and instances.with_metadata(connection, [instance])[0]}


def _to_be_taken(operation_id, incarnation, host):
    """The statement for an unfinished operation in a phase of this owner, with its server."""
    owner_is_gone = sa.or_(operations.c.owner.is_(None), operations.c.owner == incarnation,
                           operations.c.owner.not_in(services.living_incarnations()))
    is_mine = (operations.c.host.is_(None) if host is None else sa.and_(
        operations.c.host == host, services.is_hosts_incarnation(incarnation, host)))
    return (sa.select(operations, servers, secrets.secrets.c.sealed,
                      owner_is_gone.label('is_free'))
            .outerjoin(servers, servers.c.uuid == operations.c.instance_uuid)
            .outerjoin(secrets.secrets, secrets.secrets.c.operation_id == operations.c.id)
            .where(operations.c.id == operation_id, UNFINISHED, is_mine))


def _columns_of(table, row):
    """Answer the part of a joined row that is one table's."""
    return {column.name: row._mapping[column] for column in table.c}


def get(context, operation_id):
    """Answer one operation's row.

    :raises OperationNotFound: if there is none
    """
    with engine.reader(context) as connection:
        row = connection.execute(
            sa.select(operations).where(operations.c.id == operation_id)).mappings().first()
    if row is None:
        raise exception.OperationNotFound(operation_id=operation_id)
    return dict(row)


def _phase(row, name):
    """Answer a phase of an operation as the table has it.

    :raises UnknownPhase: if this release does not know it
    """
    known = transitions.TABLE.get(row['kind'])
    phase = known and known.phase(name)
    if phase is None:
        raise exception.UnknownPhase(operation_id=row['id'], kind=row['kind'], phase=name)
    return phase


def _phase_is_callers(context):
    """The condition that an operation is in a phase of the caller's: a host has its own only."""
    if context.sender is not None and context.sender.is_host:
        return operations.c.host == context.sender.host
    return sa.true()


def _callers_row(context, connection, operation_id, lease):
    """Answer an operation in a phase of the caller's.

    :raises LeaseLost: if it is not, or no longer
    """
    row = connection.execute(
        sa.select(operations, actions.id_of(operations.c.id),
                  compute_nodes.has_failed_builds(operations.c.host))
        .where(operations.c.id == operation_id, _phase_is_callers(context))).mappings().first()
    if row is None:
        raise exception.LeaseLost(operation_id=operation_id, lease=lease)
    return row


@engine.retry_on_deadlock
def progress(context, operation_id, lease):
    """Note a sign of progress of the lease's holder, also of one that was given up for the time."""
    with engine.writer(context) as connection:
        _change(context, connection, operation_id, lease, state=op.RUNNING, progress_at=db_now())


def _change(context, connection, operation_id, lease, **values):
    """Change the operation if the lease still holds.

    :raises LeaseLost: if it does not
    """
    changed = connection.execute(operations.update().where(
        operations.c.id == operation_id, operations.c.lease == lease,
        operations.c.state.in_((op.RUNNING, op.WAITING_FOR_HOST)),
        _phase_is_callers(context)).values(**values))
    if not changed.rowcount:
        raise exception.LeaseLost(operation_id=operation_id, lease=lease)


def _change_server(connection, row, **values):
    """Change the server if no later operation has taken it over.

    :raises LeaseLost: if one has
    """
    notices.changing(None, row, row['instance_uuid'], values)
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
        row = _callers_row(context, connection, operation_id, lease)
        begin_next(context, row, next_phase)
        _change(context, connection, operation_id, lease, **pending(row, next_phase))


def begin_next(context, row, next_phase):
    """Record what the next phase means for the server, in the caller's transaction.

    The caller then changes the operation itself.

    :param row: the operation as it is, with ``action_id``
    :raises LeaseLost: if a later operation has taken the server over
    """
    phase = _phase(row, next_phase.phase)
    changes = {'host': next_phase.host, 'node': next_phase.node}
    if phase.task_state is not None:
        changes['task_state'] = phase.task_state
    if phase.owner is transitions.Owner.HOST:
        changes['launched_on'] = next_phase.host
        changes['availability_zone'] = services.zone_of(next_phase.host)
    with engine.writer(context) as connection:
        if next_phase.allocate_networks:
            changes['network_info'] = networks.allocate(
                context, row['instance_uuid'], next_phase.host,
                row['arguments'].get('networks', 'auto'), row['project_id'])
        _change_server(connection, row, **changes)
        actions.add_events(context, row['action_id'], next_phase.events)
        if next_phase.changes.get('failed_on'):
            compute_nodes.note_failed_build(context, *next_phase.changes['failed_on'])
        notices.handed_over(context, row, next_phase)


def show_phase(context, operation, phase):
    """Let the server show a phase that is not begun by its owner's hand-over."""
    if operation.instance_uuid is None or phase.task_state is None:
        return
    with engine.writer(context) as connection:
        notices.changing(context, operation, operation.instance_uuid,
                         {'task_state': phase.task_state})
        connection.execute(servers.update().where(
            servers.c.uuid == operation.instance_uuid, servers.c.fence == operation.fence,
        ).values(task_state=phase.task_state, updated_at=db_now()))


def pending(row, next_phase):
    """Answer the columns of an operation that waits for the owner of its next phase."""
    return {'state': op.PENDING, 'phase': next_phase.phase, 'host': next_phase.host,
            'owner': None, 'host_may_hold': False, 'attempts': 0, 'progress_at': db_now(),
            'arguments': {**row['arguments'], **next_phase.changes}}


@engine.retry_on_deadlock
def give_back(context, operation_id, lease):
    """Leave the phase without an owner; the sweeper finds it one."""
    with engine.writer(context) as connection:
        _change(context, connection, operation_id, lease, state=op.PENDING, owner=None,
                progress_at=db_now())


@engine.retry_on_deadlock
def finish(context, operation_id, lease, outcome):
    """End the operation; repeating it with the same lease changes nothing.

    :param outcome: objects.Outcome
    """
    with engine.writer(context) as connection:
        row = _callers_row(context, connection, operation_id, lease)
        if row['state'] in op.FINISHED and row['lease'] == lease:
            return
        state = op.FAILED if outcome.fault else op.DONE
        if row['instance_uuid']:
            _settle_server(context, connection, row, outcome)
        _change(context, connection, operation_id, lease, state=state, owner=None,
                host_may_hold=False, finished_at=db_now(),
                message=(outcome.fault or {}).get('message'))
        actions.finish(context, row['action_id'], outcome)
        secrets.forget(context, operation_id)
        notices.finished(context, row, outcome)


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
    if (outcome.vm_state == vm.ACTIVE and table_row.kind == transitions.BUILD
            and row['has_failed_builds']):
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
