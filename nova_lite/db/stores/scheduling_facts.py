# SPDX-License-Identifier: Apache-2.0
"""What the scheduler wants to know of hosts beyond their room: SQL.

Filters and weighers name the facts that they need (scheduler/filters/base.py),
and only those are read. Most are columns of the statement of
stores/candidates.py; the others are one statement each, whatever the number
of hosts.
"""

import dataclasses
import enum
import json

import sqlalchemy as sa
from sqlalchemy.ext import compiler
from sqlalchemy.sql import functions

from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import aggregate as aggregate_models
from nova_lite.db.models import instance as instance_models
from nova_lite.db.models import inventory as inventory_models
from nova_lite.db.models import operation as operation_models
from nova_lite.db.models import server_group as group_models
from nova_lite.db.models import service as service_models
from nova_lite.states import operation as op

servers = instance_models.Instance.__table__
operations = operation_models.Operation.__table__
allocations = inventory_models.Allocation.__table__
nodes = service_models.ComputeNode.__table__
traits = service_models.NodeTrait.__table__
aggregates = aggregate_models.Aggregate.__table__
aggregate_hosts = aggregate_models.AggregateHost.__table__
aggregate_metadata = aggregate_models.AggregateMetadata.__table__
groups = group_models.ServerGroup.__table__
members = group_models.ServerGroupMember.__table__

SEPARATOR = ','
"""Between the traits of a node."""

MOST_NAMES = 1000
"""Of hosts in one condition; of more, all are read."""


class Fact(enum.Enum):
    """What can be known of a host beside its room; columns come in this order."""

    SERVICE = 'service'        # whether its compute service works
    GUESTS = 'guests'          # kinds of guests that it can run
    WORK = 'work'              # operations that it has to run now
    SERVERS = 'servers'        # how many hold room on it
    TRAITS = 'traits'          # that it has of those that are asked about
    AGGREGATES = 'aggregates'  # that it is in
    DETAILS = 'details'        # what its hypervisor reports of itself
    IMAGES = 'images'          # its servers were made of
    GROUP = 'group'            # members of the request's server group on it


class version_of(functions.FunctionElement):  # noqa: N801 - reads as the SQL function it is
    """A text that differs after each change of a table's ids or of a time column; '0' if empty."""

    type = sa.String(255)
    inherit_cache = True


@compiler.compiles(version_of, 'mysql')
@compiler.compiles(version_of, 'mariadb')
def _mysql_version(element, compiler, **kw):
    number, moment = (compiler.process(one, **kw) for one in element.clauses)
    return (f"CONCAT_WS('/', COUNT(*), SUM({number}), "
            f"SUM(TIMESTAMPDIFF(MICROSECOND, '2000-01-01', {moment})))")


@compiler.compiles(version_of, 'postgresql')
def _postgresql_version(element, compiler, **kw):
    number, moment = (compiler.process(one, **kw) for one in element.clauses)
    return f"CONCAT_WS('/', COUNT(*), SUM({number}), SUM(EXTRACT(EPOCH FROM {moment})))"


@compiler.compiles(version_of, 'sqlite')
def _sqlite_version(element, compiler, **kw):
    # Its clock is a test's, which may stand still, so whatever there is counts as new.
    return "CASE COUNT(*) WHEN 0 THEN '0' ELSE HEX(RANDOMBLOB(8)) END"


def work_of_host():
    """The number of operations that a node's host has to run now, for the list of columns.

    Answered by an index alone. A join with all work in hand looks cheaper, but
    makes MariaDB sort all nodes instead of reading those with most room.
    """
    return (sa.select(sa.func.count()).select_from(operations)
            .where(operations.c.host == nodes.c.host,
                   operations.c.state.in_((op.PENDING, op.RUNNING))).scalar_subquery())


def servers_of_node():
    """The number of those that hold room on a node, for the list of columns."""
    return (sa.select(sa.func.count(allocations.c.consumer_uuid.distinct()))
            .where(allocations.c.node_id == nodes.c.id).scalar_subquery())


def traits_of_node():
    """Those of the traits that are asked about (``asked_traits``) that a node has, as one text."""
    return (sa.select(sa.func.aggregate_strings(traits.c.trait, SEPARATOR))
            .where(traits.c.node_id == nodes.c.id,
                   traits.c.trait.in_(sa.bindparam('asked_traits', expanding=True)))
            .scalar_subquery())


def has_all_traits():
    """The condition that a node has every one of ``traits``, whose number is ``traits_count``.

    A count, not one EXISTS a trait: the text is the same for any number of
    them, and MariaDB makes no other join of it.
    """
    return (sa.select(sa.func.count()).select_from(traits)
            .where(traits.c.node_id == nodes.c.id,
                   traits.c.trait.in_(sa.bindparam('traits', expanding=True)))
            .scalar_subquery()) == sa.bindparam('traits_count', type_=sa.Integer)


def has_none_of_the_traits():
    """The condition that a node has none of ``not_traits``."""
    return ~sa.exists().where(
        traits.c.node_id == nodes.c.id,
        traits.c.trait.in_(sa.bindparam('not_traits', expanding=True)))


def aggregates_version():
    """What changes when an aggregate changes, for the list of columns.

    Whoever changes an aggregate, its hosts or its metadata sets its
    ``updated_at``. A sum, because a transaction with an earlier time may be
    the later one to commit.
    """
    moment = sa.func.coalesce(aggregates.c.updated_at, aggregates.c.created_at)
    return sa.select(version_of(aggregates.c.id, moment)).scalar_subquery()


@dataclasses.dataclass(frozen=True)
class AggregateFacts:
    """One aggregate, whole."""

    id: int
    name: str
    hosts: tuple
    metadata: dict


def all_aggregates(context):
    """Answer all aggregates with their hosts and metadata, by id."""
    with engine.reader(context) as connection:
        names = connection.execute(
            sa.select(aggregates.c.id, aggregates.c.name).order_by(aggregates.c.id)).all()
        hosts, metadata = {}, {}
        for number, host in connection.execute(sa.select(
                aggregate_hosts.c.aggregate_id, aggregate_hosts.c.host)).all():
            hosts.setdefault(number, []).append(host)
        for number, key, value in connection.execute(sa.select(
                aggregate_metadata.c.aggregate_id, aggregate_metadata.c.key,
                aggregate_metadata.c.value)).all():
            metadata.setdefault(number, {})[key] = value
    return [AggregateFacts(number, name, tuple(hosts.get(number, ())), metadata.get(number, {}))
            for number, name in names]


@dataclasses.dataclass(frozen=True)
class GroupFacts:
    """A server group and where its members hold room.

    :ivar placed: member's uuid -> host
    """

    id: int
    policy: str
    rules: dict
    placed: dict


def group(context, uuid):
    """Answer a server group by its uuid, or None. A claim counts, started or not."""
    held = (sa.select(members.c.group_id, members.c.instance_uuid, nodes.c.host)
            .join(allocations, allocations.c.consumer_uuid == members.c.instance_uuid)
            .join(nodes, nodes.c.id == allocations.c.node_id).subquery('held'))
    query = (sa.select(groups.c.id, groups.c.policy, groups.c.rules, held.c.instance_uuid,
                       held.c.host)
             .join(held, held.c.group_id == groups.c.id, isouter=True)
             .where(groups.c.uuid == uuid))
    with engine.reader(context) as connection:
        rows = connection.execute(query).all()
    if not rows:
        return None
    return GroupFacts(rows[0].id, rows[0].policy, rows[0].rules or {},
                      {row.instance_uuid: row.host for row in rows if row.instance_uuid})


def lock_group(context, group_id):
    """Let nobody else place members of a group until this transaction ends.

    A write, so that Galera's certification sees it too.
    """
    with engine.writer(context) as connection:
        connection.execute(groups.update().where(groups.c.id == group_id).values(
            updated_at=db_now()))


def images_on(context, hosts):
    """Answer of which images the servers of hosts were made: host -> list of (properties, number).

    A server's copy of the image is as good as another's of the same image, so
    one of each is read.
    """
    here = [servers.c.deleted.is_(False), servers.c.host.is_not(None),
            servers.c.image_ref.is_not(None)]
    if len(hosts) <= MOST_NAMES:
        here.append(servers.c.host.in_(sorted(hosts)))
    counts = (sa.select(servers.c.host, servers.c.image_ref, sa.func.count())
              .where(*here).group_by(servers.c.host, servers.c.image_ref))
    newest = sa.select(sa.func.max(servers.c.id)).where(*here).group_by(servers.c.image_ref)
    copies = (sa.select(servers.c.image_ref, sa.cast(servers.c.image_meta, sa.Text))
              .where(servers.c.id.in_(newest)))
    with engine.reader(context) as connection:
        properties = {image: (json.loads(text or 'null') or {}).get('properties') or {}
                      for image, text in connection.execute(copies)}
        found = {}
        for host, image, number in connection.execute(counts):
            found.setdefault(host, []).append((properties.get(image, {}), number))
    return found
