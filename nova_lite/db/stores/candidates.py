# SPDX-License-Identifier: Apache-2.0
"""The nodes that a request could go to: one statement, whatever their number.

The scheduler's filters decide; the conditions here are the part of them that
SQL can tell, so that only likely nodes leave the database. With a limit, the
statement walks the index of free room from its end and stops early, so its
cost does not grow with the number of nodes.
"""

import dataclasses
import functools
import operator

import os_resource_classes as orc
import sqlalchemy as sa
from oslo_config import cfg

from nova_lite.db import engine
from nova_lite.db.models import instance as instance_models
from nova_lite.db.models import inventory as inventory_models
from nova_lite.db.models import service as models
from nova_lite.db.stores import inventories as inventory_store
from nova_lite.db.stores import scheduling_facts
from nova_lite.db.stores import services as service_store
from nova_lite.db.stores.scheduling_facts import Fact

CONF = cfg.CONF
nodes = models.ComputeNode.__table__
services = models.Service.__table__
servers = instance_models.Instance.__table__
inventories = inventory_models.Inventory.__table__

STANDARD = inventory_store.IN_ANY_AMOUNT
UNITS = inventory_store.UNITS


@dataclasses.dataclass(frozen=True)
class Cut:
    """Which nodes are wanted, and what of them; None says nothing about that property.

    :ivar amounts: resource class -> what one server takes
    :ivar facts: Facts that are to be read of each node
    :ivar zone: availability zone
    :ivar hosts: names of the only hosts
    :ivar nodes: names of the only nodes
    :ivar not_hosts: names of hosts that are out
    :ivar not_nodes: (host, node) pairs that are out
    :ivar traits: that a node must have
    :ivar not_traits: that it must not have
    :ivar freest: resource class whose free room ranks the nodes for the limit
    :ivar fullest_first: rank by the least free room instead
    :ivar limit: at most so many nodes; None for all
    """

    amounts: dict
    facts: frozenset = frozenset()
    zone: str | None = None
    hosts: frozenset | None = None
    nodes: frozenset | None = None
    not_hosts: frozenset = frozenset()
    not_nodes: frozenset = frozenset()
    traits: frozenset = frozenset()
    not_traits: frozenset = frozenset()
    freest: str = orc.MEMORY_MB
    fullest_first: bool = False
    limit: int | None = None

    def only(self, hosts):
        """Answer the cut that leaves none but these of its hosts."""
        hosts = frozenset(hosts)
        return dataclasses.replace(
            self, hosts=hosts if self.hosts is None else self.hosts & hosts)

    def with_traits(self, required, forbidden):
        """Answer the cut that leaves out, too, who lacks a trait or has a forbidden one."""
        return dataclasses.replace(
            self, traits=self.traits | required, not_traits=self.not_traits | forbidden)

    def without(self, hosts):
        """Answer the cut that leaves these hosts out, too."""
        return dataclasses.replace(self, not_hosts=self.not_hosts | frozenset(hosts))


def matching(context, cut):
    """Answer the rows of the nodes that are up, enabled, wanted and have room for one server.

    They come in the order in which the nodes were registered; the limit has
    the freest of them.
    """
    if frozenset() in (cut.hosts, cut.nodes):
        return []
    wanted = {name: sorted(value) if isinstance(value, frozenset) else value
              for name, value in (('zone', cut.zone), ('hosts', cut.hosts), ('nodes', cut.nodes),
                                  ('not_hosts', cut.not_hosts), ('not_nodes', cut.not_nodes),
                                  ('traits', cut.traits), ('not_traits', cut.not_traits),
                                  ('limit', cut.limit)) if value}
    query = _matching(_Form(
        tuple(sorted(cut.amounts)), cut.facts, frozenset(wanted), cut.freest, cut.fullest_first,
        (CONF.service_down_time, CONF.default_availability_zone)))
    with engine.reader(context) as connection:
        rows = connection.execute(query, {
            **wanted, **_of_traits(cut), **{
                _amount(name): amount for name, amount in cut.amounts.items()}}).all()
    return sorted(rows, key=operator.itemgetter(0))


def _of_traits(cut):
    """Answer the parameters that traits need beside their lists."""
    found = {'traits_count': len(cut.traits)} if cut.traits else {}
    if Fact.TRAITS in cut.facts:
        # The conditions leave no node that has others of those that are asked about.
        found['had_traits'] = scheduling_facts.SEPARATOR.join(sorted(cut.traits))
    return found


@dataclasses.dataclass(frozen=True)
class _Form:
    """What tells the statement of one cut from that of another.

    :ivar asked: names of the resource classes that have an amount
    :ivar conditions: names of the properties of the cut that are set
    :ivar options: values of the configuration that are part of the text
    """

    asked: tuple
    facts: frozenset
    conditions: frozenset
    freest: str
    fullest_first: bool
    options: tuple


@functools.lru_cache(maxsize=256)
def _matching(form):
    """Make the statement once for all cuts of the same form; it is long, so making it costs."""
    rooms = _rooms(form.asked)
    query = _selected(rooms, _source(rooms, form), form.facts, traits=sa.bindparam(
        'had_traits', type_=sa.String)).where(
        services.c.disabled.is_(False), service_store.is_up(), *_wanted(form.conditions))
    for name in form.asked:
        amount = sa.bindparam(_amount(name), type_=sa.Integer)
        query = query.where(rooms[name].c.free >= amount, rooms[name].c.total >= amount,
                            *inventory_store.gives(rooms[name], name, amount))
    if 'limit' in form.conditions:
        free = rooms[form.freest].c.free
        query = query.order_by(free if form.fullest_first else free.desc()).limit(
            sa.bindparam('limit', type_=sa.Integer))
        # MariaDB would rather sort all nodes than read the index and stop.
        query = query.prefix_with('STRAIGHT_JOIN', dialect='mysql').prefix_with(
            'STRAIGHT_JOIN', dialect='mariadb')
    return query


def _source(rooms, form):
    if 'limit' not in form.conditions:
        return _joined(nodes, rooms, outer=False)
    others = {name: room for name, room in rooms.items() if name != form.freest}
    return _joined(_from_the_freest(rooms[form.freest], form.freest), others, outer=False)


def _amount(resource_class):
    return f'amount_{resource_class}'


def every(context, amounts, hosts=None, facts=frozenset(), traits=frozenset()):
    """Answer the rows of all nodes, for a look at what stands against each of them.

    :param facts: to be read of each node
    :param traits: that are asked about
    """
    rooms = _rooms(amounts)
    query = _selected(rooms, _joined(nodes, rooms, outer=True), facts,
                      traits=scheduling_facts.traits_of_node()).order_by(nodes.c.id)
    if hosts:
        query = query.where(nodes.c.host.in_(sorted(hosts)))
    with engine.reader(context) as connection:
        return connection.execute(query, {'asked_traits': sorted(traits)} if (
            Fact.TRAITS in facts) else {}).all()


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
    # By number: a custom class may have a name that is too long for an alias.
    return {resource_class: inventories.alias(f'room_{number}')
            for number, resource_class in enumerate(resource_classes(amounts))}


def divided(classes):
    """Answer those whose units a row carries after all figures, in that order."""
    return [name for name in classes if name not in STANDARD]


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


def _selected(rooms, source, facts, *, traits):
    """The columns of scheduler/host_state.py, in its order; each costs, with thousands of rows.

    :param traits: the column of Fact.TRAITS
    """
    columns = [
        nodes.c.id, nodes.c.host, nodes.c.hypervisor_hostname, nodes.c.hypervisor_version,
        nodes.c.disk_available_least, nodes.c.failed_builds, _zone().label('availability_zone')]
    columns += [room.c[name].label(f'{room.name}_{name}') for room in rooms.values()
                for name in ('total', 'free')]
    columns += [rooms[resource_class].c[name].label(f'{rooms[resource_class].name}_{name}')
                for resource_class in divided(rooms) for name in UNITS]
    for fact in (one for one in Fact if one in facts):
        columns += [traits.label(fact.value)] if fact is Fact.TRAITS else _columns_of(fact, rooms)
    return sa.select(*columns).select_from(source)


def _columns_of(fact, rooms):
    if fact is Fact.SERVICE:
        return [services.c.disabled, services.c.forced_down,
                sa.func.coalesce(service_store.is_seen(), sa.false()).label('is_seen')]
    if fact is Fact.GUESTS:
        return [_as_text('supported_instances')]
    if fact is Fact.DETAILS:
        return [nodes.c.uuid, nodes.c.hypervisor_type, nodes.c.host_ip, nodes.c.cpu_arch,
                _as_text('cpu_info'), nodes.c.vcpus, nodes.c.memory_mb, nodes.c.local_gb,
                *(rooms[name].c.used.label(f'{name}_used') for name in (orc.VCPU, orc.DISK_GB))]
    made = {Fact.WORK: scheduling_facts.work_of_host, Fact.SERVERS:
            scheduling_facts.servers_of_node,
            Fact.AGGREGATES: scheduling_facts.aggregates_version}.get(fact)
    return [made().label(fact.value)] if made else []


def _as_text(name):
    """JSON as text: most nodes say the same there, and the reader parses each text once."""
    return sa.cast(nodes.c[name], sa.Text).label(name)


def _zone():
    return sa.func.coalesce(services.c.availability_zone, CONF.default_availability_zone)


def _wanted(conditions):
    """The conditions on names, zone and traits, by what of a cut is set."""
    node = sa.tuple_(nodes.c.host, nodes.c.hypervisor_hostname)
    made = {
        'zone': lambda: _zone() == sa.bindparam('zone', type_=sa.String),
        'hosts': lambda: nodes.c.host.in_(_names('hosts')),
        'nodes': lambda: nodes.c.hypervisor_hostname.in_(_names('nodes')),
        'not_hosts': lambda: nodes.c.host.not_in(_names('not_hosts')),
        'not_nodes': lambda: node.not_in(_names('not_nodes')),
        'traits': scheduling_facts.has_all_traits,
        'not_traits': scheduling_facts.has_none_of_the_traits,
    }
    return [make() for name, make in made.items() if name in conditions]


def _names(name):
    return sa.bindparam(name, expanding=True)
