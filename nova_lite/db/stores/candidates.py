# SPDX-License-Identifier: Apache-2.0
"""The nodes that a request could go to: one statement, whatever their number.

The scheduler's filters decide; the conditions here are the part of them that
SQL can tell, so that only likely nodes leave the database. With a limit, the
statement walks the index of free room from its end and stops early, so its
cost does not grow with the number of nodes.
"""

import dataclasses
import operator

import os_resource_classes as orc
import sqlalchemy as sa
from oslo_config import cfg

from nova_lite.db import engine
from nova_lite.db.models import instance as instance_models
from nova_lite.db.models import inventory as inventory_models
from nova_lite.db.models import operation as operation_models
from nova_lite.db.models import service as models
from nova_lite.db.stores import services as service_store
from nova_lite.states import operation as op

CONF = cfg.CONF
nodes = models.ComputeNode.__table__
services = models.Service.__table__
servers = instance_models.Instance.__table__
inventories = inventory_models.Inventory.__table__
operations = operation_models.Operation.__table__

STANDARD = (orc.DISK_GB, orc.MEMORY_MB, orc.VCPU)


@dataclasses.dataclass(frozen=True)
class Cut:
    """Which nodes are wanted; None or empty says nothing about that property.

    :ivar amounts: resource class -> what one server takes
    :ivar zone: availability zone
    :ivar hosts: names of the only hosts
    :ivar nodes: names of the only nodes
    :ivar not_hosts: names of hosts that are out
    :ivar not_nodes: (host, node) pairs that are out
    :ivar freest: resource class whose free room ranks the nodes for the limit
    :ivar fullest_first: rank by the least free room instead
    :ivar limit: at most so many nodes; None for all
    """

    amounts: dict
    zone: str | None = None
    hosts: frozenset | None = None
    nodes: frozenset | None = None
    not_hosts: frozenset = frozenset()
    not_nodes: frozenset = frozenset()
    freest: str = orc.MEMORY_MB
    fullest_first: bool = False
    limit: int | None = None


def matching(context, cut):
    """Answer the rows of the nodes that are up, enabled, wanted and have room for one server.

    They come in the order in which the nodes were registered; the limit has
    the freest of them.
    """
    rooms = _rooms(cut.amounts)
    if cut.limit is None:
        source = _joined(nodes, rooms, outer=False)
    else:
        source = _joined(_from_the_freest(rooms[cut.freest], cut.freest),
                         {name: room for name, room in rooms.items() if name != cut.freest},
                         outer=False)
    query = sa.select(*_columns(rooms)).select_from(source).where(
        services.c.disabled.is_(False), service_store.is_up(), *_wanted(cut))
    for resource_class, amount in sorted(cut.amounts.items()):
        room = rooms[resource_class]
        query = query.where(room.c.free >= amount, room.c.total >= amount)
    if cut.limit is not None:
        free = rooms[cut.freest].c.free
        query = query.order_by(free if cut.fullest_first else free.desc()).limit(cut.limit)
        # MariaDB would rather sort all nodes than read the index and stop.
        query = query.prefix_with('STRAIGHT_JOIN', dialect='mysql').prefix_with(
            'STRAIGHT_JOIN', dialect='mariadb')
    with engine.reader(context) as connection:
        return sorted(connection.execute(query), key=operator.itemgetter(0))


def every(context, amounts, hosts=None):
    """Answer the rows of all nodes, for a look at what stands against each of them."""
    rooms = _rooms(amounts)
    query = sa.select(*_columns(rooms)).select_from(
        _joined(nodes, rooms, outer=True)).order_by(nodes.c.id)
    if hosts:
        query = query.where(nodes.c.host.in_(sorted(hosts)))
    with engine.reader(context) as connection:
        return connection.execute(query).all()


def work_in_hand(context):
    """Answer how many operations each node has to run now: (host, node) -> number.

    The statement follows the unfinished operations, which are few, not the nodes.
    """
    query = (sa.select(servers.c.host, servers.c.node, sa.func.count())
             .join(operations, operations.c.instance_uuid == servers.c.uuid)
             .where(operations.c.state.in_((op.PENDING, op.RUNNING)),
                    operations.c.host == servers.c.host)
             .group_by(servers.c.host, servers.c.node))
    with engine.reader(context) as connection:
        return {(host, node): number for host, node, number in connection.execute(query)}


def hosts_of(context, uuids):
    """Answer where servers run: uuid -> host; only those that the caller may see."""
    query = sa.select(servers.c.uuid, servers.c.host).where(
        servers.c.uuid.in_(sorted(uuids)), servers.c.deleted.is_(False),
        servers.c.host.is_not(None))
    if not context.is_admin:
        query = query.where(servers.c.project_id == context.project_id)
    with engine.reader(context) as connection:
        return dict(connection.execute(query).all())


def resource_classes(amounts):
    """Answer the classes whose figures a row carries, in that order."""
    return sorted({*STANDARD, *amounts})


def _rooms(amounts):
    """Answer the inventories that are needed: by class, an alias of the table each."""
    return {resource_class: inventories.alias(f'room_{resource_class.lower()}')
            for resource_class in resource_classes(amounts)}


def _from_the_freest(room, resource_class):
    """Begin with the inventories of one class, which the index has in order."""
    return room.join(nodes, sa.and_(
        nodes.c.id == room.c.node_id, room.c.resource_class == resource_class))


def _joined(source, rooms, *, outer):
    """Add services and inventories to nodes."""
    source = source.join(services, services.c.id == nodes.c.service_id)
    for resource_class, room in rooms.items():
        source = source.join(room, sa.and_(
            room.c.node_id == nodes.c.id, room.c.resource_class == resource_class), isouter=outer)
    return source


def _columns(rooms):
    zone = sa.func.coalesce(services.c.availability_zone, CONF.default_availability_zone)
    figures = [room.c[name].label(f'{resource_class}_{name}') for resource_class, room
               in rooms.items() for name in ('total', 'capacity', 'used')]
    return [
        nodes.c.id, nodes.c.host, nodes.c.hypervisor_hostname, nodes.c.hypervisor_type,
        nodes.c.hypervisor_version,
        # As text: most nodes say the same here, and the reader parses each text once.
        sa.cast(nodes.c.supported_instances, sa.Text).label('supported_instances'),
        nodes.c.disk_available_least, nodes.c.failed_builds,
        zone.label('availability_zone'), services.c.disabled, services.c.forced_down,
        sa.func.coalesce(service_store.is_seen(), sa.false()).label('is_seen'), *figures]


def _wanted(cut):
    """The conditions on names and zone."""
    conditions = []
    if cut.zone is not None:
        conditions.append(sa.func.coalesce(
            services.c.availability_zone, CONF.default_availability_zone) == cut.zone)
    if cut.hosts:
        conditions.append(nodes.c.host.in_(sorted(cut.hosts)))
    if cut.nodes:
        conditions.append(nodes.c.hypervisor_hostname.in_(sorted(cut.nodes)))
    if cut.not_hosts:
        conditions.append(nodes.c.host.not_in(sorted(cut.not_hosts)))
    if cut.not_nodes:
        conditions.append(sa.tuple_(nodes.c.host, nodes.c.hypervisor_hostname).not_in(
            sorted(cut.not_nodes)))
    return conditions
