# SPDX-License-Identifier: Apache-2.0
"""Repairs of what record_audit.py and inventory_audit.py have found: SQL.

Each is one transaction that locks the server's row, looks once more whether it
is still so, and answers whether it changed anything. It also writes that row, if
nobody has changed what was seen of it. Whoever begins or ends an operation on a
server writes that row too, so nothing begins or ends beside a repair; where the
other is at another node of a Galera cluster, whose locks are not seen here, one
of the two transactions conflicts and is made again.
"""

import sqlalchemy as sa

from nova_lite import objects
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.stores import (
    actions,
    batches,
    inventories,
    networks,
    record_audit,
    secrets,
    settlement,
)
from nova_lite.db.stores import operations as operation_store
from nova_lite.states import operation as op
from nova_lite.states import transitions, vm

servers = record_audit.servers
operations = record_audit.operations
fixed_ips = record_audit.fixed_ips
vifs = record_audit.vifs
nodes = record_audit.nodes

ENDED_WITH_SERVER = 'The server is gone; ended by the audit.'


def _locked(connection, uuid):
    """Lock a server; answer its row, None if it is busy or not there."""
    row = connection.execute(sa.select(servers).where(
        servers.c.uuid == uuid).with_for_update()).mappings().first()
    return None if row is None or _is_busy(connection, uuid) else row


def _is_busy(connection, uuid):
    # A locking read: it sees what was committed since the transaction began.
    return connection.execute(sa.select(operations.c.id).where(
        operations.c.instance_uuid == uuid,
        operations.c.state.in_(op.UNFINISHED)).with_for_update()).first() is not None


def _still(connection, row, **changes):
    """Write the row of a locked server; answer whether it was what was seen."""
    return bool(connection.execute(servers.update().where(
        servers.c.uuid == row['uuid'], servers.c.fence == row['fence'],
        servers.c.deleted.is_(row['deleted'])).values(updated_at=db_now(), **changes)).rowcount)


@engine.retry_on_deadlock
def release(context, uuid):
    """Free room and addresses of what is no server any more."""
    with engine.writer(context) as connection:
        row = connection.execute(sa.select(servers).where(
            servers.c.uuid == uuid).with_for_update()).mappings().first()
        if _is_busy(connection, uuid) or (
                # Nothing is begun on a server that is not recorded at all.
                row is not None and not (row['deleted'] and _still(connection, row))):
            return False
        settlement.release_everything(context, uuid)
        return True


@engine.retry_on_deadlock
def claim_again(context, uuid, amounts):
    """Write the room of a server that is on a host, also where the host is full.

    :param amounts: resource class -> amount
    """
    with engine.writer(context) as connection:
        row = _locked(connection, uuid)
        if row is None or row['deleted'] or row['host'] is None:
            return False
        node_id = connection.execute(sa.select(nodes.c.id).where(
            nodes.c.host == row['host'], nodes.c.hypervisor_hostname == row['node'])).scalar()
        if node_id is None or not _still(connection, row):
            return False
        inventories.release(context, uuid)
        inventories.record_held(context, inventories.Claim(uuid, node_id, amounts))
        return True


@engine.retry_on_deadlock
def free_address(context, fixed_ip_id, uuid):
    """Free an address that a server holds by no NIC."""
    nic = sa.exists().where(vifs.c.uuid == fixed_ips.c.virtual_interface_uuid)
    with engine.writer(context) as connection:
        row = _locked(connection, uuid)
        if row is None or not _still(connection, row):
            return False
        return bool(connection.execute(fixed_ips.update().where(
            fixed_ips.c.id == fixed_ip_id, fixed_ips.c.instance_uuid == uuid, ~nic).values(
                instance_uuid=None, virtual_interface_uuid=None,
                updated_at=db_now())).rowcount)


@engine.retry_on_deadlock
def set_host_of_nics(context, uuid):
    """Record a server's NICs on the server's host."""
    with engine.writer(context) as connection:
        row = _locked(connection, uuid)
        if row is None or row['deleted'] or row['host'] is None or not _still(connection, row):
            return False
        networks.set_host(context, uuid, row['host'])
        return True


@engine.retry_on_deadlock
def end_unattended(context, uuid, message):
    """Let a server show no work that nobody does; one that was never built goes to error.

    The fence is raised, so that nobody who still believes to be at work can write.
    """
    with engine.writer(context) as connection:
        row = _locked(connection, uuid)
        if row is None or row['deleted'] or (
                row['task_state'] is None and row['vm_state'] != vm.BUILDING):
            return False
        changes = {'task_state': None, 'fence': row['fence'] + 1}
        if row['vm_state'] == vm.BUILDING:
            changes['vm_state'] = transitions.TABLE[transitions.BUILD].fails_to
        if not _still(connection, row, **changes):
            return False
        if row['vm_state'] == vm.BUILDING:
            actions.record_fault(context, uuid, {'code': 500, 'message': message,
                                                 'host': row['host']})
        if row['host'] is None:
            settlement.release_everything(context, uuid)
        return True


@engine.retry_on_deadlock
def end_operation_of_nobody(context, operation_id):
    """End an operation whose server is gone."""
    with engine.writer(context) as connection:
        ended = connection.execute(operations.update().where(
            operations.c.id == operation_id, operations.c.state.in_(op.UNFINISHED),
            operations.c.kind != transitions.CLEAN_UP,
            ~record_audit.is_alive(operations.c.instance_uuid)).values(
                state=op.FAILED, owner=None, lease=operations.c.lease + 1, host_may_hold=False,
                finished_at=db_now(), message=ENDED_WITH_SERVER))
        if not ended.rowcount:
            return False
        actions.close(context, operation_id, ENDED_WITH_SERVER)
        secrets.forget(context, operation_id)
        return True


@engine.retry_on_deadlock
def fail_child(context, child, message):
    """End a server of several whose parent has ended without moving it on."""
    batches.fail_child(context, child, objects.Outcome(
        vm_state=transitions.TABLE[child['kind']].fails_to,
        fault={'code': 500, 'message': message}))
    with engine.reader(context) as connection:
        return connection.execute(sa.select(operations.c.state).where(
            operations.c.id == child['id'])).scalar() == op.FAILED


@engine.retry_on_deadlock
def begin_clean_up(context, uuid, host):
    """Begin the operation by which a host removes what it holds of a deleted server.

    :returns: its id; None if the server is not deleted, or something is being done already
    """
    with engine.writer(context) as connection:
        row = _locked(connection, uuid)
        if row is None or not row['deleted'] or not _still(connection, row):
            return None
        ids = operation_store.begin(context, [{
            'kind': transitions.CLEAN_UP, 'phase': transitions.REMOVE_LEFTOVERS, 'host': host,
            'instance_uuid': uuid, 'fence': row['fence']}])
        return ids[uuid]
