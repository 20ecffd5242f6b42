# SPDX-License-Identifier: Apache-2.0
"""Hypervisors as operators look at them: SQL.

A node is one row with its service, what is used of it and how many servers are
there, in one statement however many nodes there are. What hosts report of
themselves comes in by compute_nodes.py; what is used is counted by claims
alone (inventories.py), and what the host keeps for itself is added here.
"""

import os_resource_classes as orc
import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine, paging
from nova_lite.db.models import instance as instance_models
from nova_lite.db.models import inventory as inventory_models
from nova_lite.db.models import service as models
from nova_lite.db.stores import services as service_store

nodes = models.ComputeNode.__table__
services = models.Service.__table__
servers = instance_models.Instance.__table__
inventories = inventory_models.Inventory.__table__

USED = {orc.VCPU: 'vcpus_used', orc.MEMORY_MB: 'memory_mb_used', orc.DISK_GB: 'local_gb_used'}
"""Resource class -> what its column is called here."""

SUMS = ('vcpus', 'vcpus_used', 'memory_mb', 'memory_mb_used', 'local_gb', 'local_gb_used',
        'disk_available_least', 'running_vms', 'current_workload')


def list_hypervisors(context, *, part_of_name=None, marker=None, limit=None):
    """Answer rows of nodes in the order in which they were registered.

    :param part_of_name: what ``hypervisor_hostname`` has to contain
    :param marker: id or uuid of the last one of the page before
    :raises MarkerNotFound: if no node has it
    """
    query = _query().order_by(nodes.c.id).limit(limit)
    if part_of_name is not None:
        query = query.where(nodes.c.hypervisor_hostname.contains(part_of_name, autoescape=True))
    with engine.reader(context) as connection:
        if marker is not None:
            query = query.where(paging.after([(nodes.c.id, 'asc')], _marker(connection, marker)))
        return [_plain(row) for row in connection.execute(query).mappings()]


def _marker(connection, marker):
    row = connection.execute(sa.select(nodes.c.id).where(_is(marker))).mappings().first()
    if row is None:
        raise exception.MarkerNotFound(marker=marker)
    return row


def _is(hypervisor_id):
    column = nodes.c.id if isinstance(hypervisor_id, int) else nodes.c.uuid
    return column == hypervisor_id


def get(context, hypervisor_id):
    """Answer one node's row by its number or its uuid.

    :raises HypervisorNotFound: if there is none
    """
    with engine.reader(context) as connection:
        row = connection.execute(_query().where(_is(hypervisor_id))).mappings().first()
    if row is None:
        raise exception.HypervisorNotFound(hypervisor_id=hypervisor_id)
    return _plain(row)


def of_host(context, host):
    """Answer the rows of a host's nodes.

    :raises ComputeHostNotFound: if it has none
    """
    query = _query().where(nodes.c.host == host).order_by(nodes.c.id)
    with engine.reader(context) as connection:
        rows = [_plain(row) for row in connection.execute(query).mappings()]
    if not rows:
        raise exception.ComputeHostNotFound(host=host)
    return rows


def _plain(row):
    return dict(row, is_up=bool(row['is_up']))


def _query():
    """The statement for nodes with all that is shown of them."""
    source = nodes.join(services, services.c.id == nodes.c.service_id)
    used = []
    for resource_class, name in USED.items():
        room = inventories.alias(f'room_{resource_class.lower()}')
        source = source.outerjoin(room, sa.and_(
            room.c.node_id == nodes.c.id, room.c.resource_class == resource_class))
        used.append(sa.func.coalesce(room.c.used + room.c.reserved, 0).label(name))
    return sa.select(
        nodes, services.c.id.label('service_number'), services.c.uuid.label('service_uuid'),
        services.c.disabled, services.c.disabled_reason,
        sa.func.coalesce(service_store.is_up(), sa.false()).label('is_up'), *used,
        _count_of_servers().label('running_vms'),
        _count_of_servers(servers.c.task_state.is_not(None)).label('current_workload'),
    ).select_from(source)


def _count_of_servers(*conditions):
    """The number of servers on a node, for the list of columns; answered by an index."""
    return sa.select(sa.func.count()).select_from(servers).where(
        servers.c.host == nodes.c.host, servers.c.node == nodes.c.hypervisor_hostname,
        servers.c.deleted.is_(False), *conditions).scalar_subquery()


def servers_of(context, node_ids):
    """Answer the servers of nodes: node's id -> rows with ``id`` and ``uuid``."""
    query = (sa.select(nodes.c.id.label('node_id'), servers.c.id, servers.c.uuid)
             .join(servers, sa.and_(servers.c.host == nodes.c.host,
                                    servers.c.node == nodes.c.hypervisor_hostname,
                                    servers.c.deleted.is_(False)))
             .where(nodes.c.id.in_(node_ids)).order_by(servers.c.id))
    found = {node_id: [] for node_id in node_ids}
    with engine.reader(context) as connection:
        for row in connection.execute(query).mappings():
            found[row['node_id']].append(row)
    return found


def statistics(context):
    """Answer the number of nodes whose service is enabled, and the sums of what they have."""
    enabled = _query().where(services.c.disabled.is_(False)).subquery('enabled')
    sums = [sa.func.coalesce(sa.func.sum(enabled.c[name]), 0).label(name) for name in SUMS]
    with engine.reader(context) as connection:
        row = connection.execute(sa.select(
            sa.func.count().label('count'), *sums).select_from(enabled)).mappings().one()
    # Sums are decimal numbers on some databases.
    return {name: int(value) for name, value in row.items()}


def demand_on_host(context, host):
    """Answer what the flavors of a host's servers add up to, a row for each project."""
    query = sa.select(
        servers.c.project_id, *(sa.func.sum(amount).label(name) for name, amount in (
            ('cpu', servers.c.vcpus), ('memory_mb', servers.c.memory_mb),
            ('disk_gb', servers.c.root_gb + servers.c.ephemeral_gb))),
    ).where(servers.c.host == host, servers.c.deleted.is_(False)).group_by(
        servers.c.project_id).order_by(servers.c.project_id)
    with engine.reader(context) as connection:
        return [dict(row, cpu=int(row['cpu']), memory_mb=int(row['memory_mb']),
                     disk_gb=int(row['disk_gb'])) for row in connection.execute(query).mappings()]
