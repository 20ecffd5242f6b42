# SPDX-License-Identifier: Apache-2.0
"""All that the record has of compute hosts, for an operator: SQL."""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.models import aggregate as aggregate_models
from nova_lite.db.models import host as host_models
from nova_lite.db.models import instance as instance_models
from nova_lite.db.models import inventory as inventory_models
from nova_lite.db.models import operation as operation_models
from nova_lite.db.models import service as service_models
from nova_lite.db.stores import services
from nova_lite.states import operation as op

hosts = host_models.Host.__table__
servers = instance_models.Instance.__table__
operations = operation_models.Operation.__table__
nodes = service_models.ComputeNode.__table__
inventories = inventory_models.Inventory.__table__
aggregates = aggregate_models.Aggregate.__table__
aggregate_hosts = aggregate_models.AggregateHost.__table__

COMPUTE = 'nova-lite-compute'


def overview(context):
    """Answer a row for each host that has joined or has a compute service, by name.

    Each has the columns of both (None where there is none), ``servers`` and
    ``unfinished``, their number.
    """
    with engine.reader(context) as connection:
        joined = {row['name']: dict(row) for row in connection.execute(
            sa.select(hosts)).mappings()}
        computes = {row['host']: row for row in services.list_services(context, binary=COMPUTE)}
        counted = _count(connection, servers.c.host, servers.c.deleted.is_(False))
        unfinished = _count(connection, operations.c.host, operations.c.state.in_(op.UNFINISHED))
        zones = _aggregates(connection)
    return [{'name': name, 'joined': joined.get(name), 'service': computes.get(name),
             'servers': counted.get(name, 0), 'unfinished': unfinished.get(name, 0),
             'aggregates': zones.get(name, [])} for name in sorted({*joined, *computes})]


def _count(connection, host, condition):
    return dict(connection.execute(
        sa.select(host, sa.func.count()).where(condition, host.is_not(None)).group_by(host)).all())


def _aggregates(connection):
    found = {}
    for host, name in connection.execute(
            sa.select(aggregate_hosts.c.host, aggregates.c.name)
            .join(aggregates, aggregates.c.id == aggregate_hosts.c.aggregate_id)
            .order_by(aggregates.c.name)):
        found.setdefault(host, []).append(name)
    return found


def get(context, name):
    """Answer the row of one host as ``overview`` does.

    :raises ComputeHostNotFound: if it never joined and has no service
    """
    for row in overview(context):
        if row['name'] == name:
            return row
    raise exception.ComputeHostNotFound(host=name)


def room(context, name):
    """Answer the inventory of a host's nodes, a row for each class."""
    query = (sa.select(nodes.c.hypervisor_hostname.label('node'), inventories)
             .join(inventories, inventories.c.node_id == nodes.c.id)
             .where(nodes.c.host == name)
             .order_by(nodes.c.id, inventories.c.resource_class))
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def nodes_of(context, name):
    """Answer the rows of a host's nodes."""
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(
            sa.select(nodes).where(nodes.c.host == name).order_by(nodes.c.id)).mappings()]
