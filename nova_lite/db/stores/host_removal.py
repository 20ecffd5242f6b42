# SPDX-License-Identifier: Apache-2.0
"""What goes with a compute host whose service is deleted, and what stands against that: SQL.

Runs in the transaction of stores/services.py that deletes the service.
"""

import sqlalchemy as sa

from nova_lite.db.clock import db_now
from nova_lite.db.models import aggregate as aggregate_models
from nova_lite.db.models import instance as instance_models
from nova_lite.db.models import inventory as inventory_models
from nova_lite.db.models import network as network_models
from nova_lite.db.models import operation as operation_models
from nova_lite.states import operation as op
from nova_lite.states import transitions

aggregates = aggregate_models.Aggregate.__table__
members = aggregate_models.AggregateHost.__table__
servers = instance_models.Instance.__table__
allocations = inventory_models.Allocation.__table__
operations = operation_models.Operation.__table__
addresses = network_models.FixedIp.__table__
interfaces = network_models.VirtualInterface.__table__


def leave_aggregates(connection, host):
    """Take a host out of its aggregates; the scheduler sees that they changed."""
    connection.execute(aggregates.update().where(aggregates.c.id.in_(
        sa.select(members.c.aggregate_id).where(members.c.host == host),
    )).values(updated_at=db_now()))
    connection.execute(members.delete().where(members.c.host == host))


def give_up_clean_ups(connection, host):
    """End what a host that is gone was still to clean up; what it kept for that is free.

    Should it come back, it finds guests of deleted servers there and removes them.
    """
    theirs = sa.and_(operations.c.host == host, operations.c.kind == transitions.CLEAN_UP,
                     operations.c.state.in_(op.UNFINISHED))
    uuids = connection.execute(sa.select(operations.c.instance_uuid).where(
        theirs).with_for_update()).scalars().all()
    if not uuids:
        return
    connection.execute(operations.update().where(theirs).values(
        state=op.FAILED, owner=None, lease=operations.c.lease + 1, host_may_hold=False,
        finished_at=db_now(), message='The compute service of the host was deleted.'))
    connection.execute(allocations.delete().where(allocations.c.consumer_uuid.in_(uuids)))
    connection.execute(addresses.update().where(addresses.c.instance_uuid.in_(uuids)).values(
        instance_uuid=None, virtual_interface_uuid=None, updated_at=db_now()))
    connection.execute(interfaces.delete().where(interfaces.c.instance_uuid.in_(uuids)))
    connection.execute(servers.update().where(servers.c.uuid.in_(uuids)).values(network_info=[]))


def drop_orphans(connection, node_ids):
    """Delete what consumers that are gone still hold of nodes."""
    alive = sa.exists().where(
        servers.c.uuid == allocations.c.consumer_uuid, servers.c.deleted.is_(False))
    busy = sa.exists().where(operations.c.instance_uuid == allocations.c.consumer_uuid,
                             operations.c.state.in_(op.UNFINISHED))
    connection.execute(allocations.delete().where(
        allocations.c.node_id.in_(node_ids), ~alive, ~busy))


def is_needed(connection, host, node_ids):
    """Whether there are servers, claims on its nodes, or unfinished work of the host."""
    return connection.execute(sa.union_all(
        sa.select(servers.c.uuid).where(
            servers.c.host == host, servers.c.deleted.is_(False)),
        sa.select(allocations.c.consumer_uuid).where(allocations.c.node_id.in_(node_ids)),
        sa.select(operations.c.instance_uuid).where(
            operations.c.host == host, operations.c.state.in_(op.UNFINISHED)),
    ).limit(1)).first() is not None
