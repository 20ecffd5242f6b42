# SPDX-License-Identifier: Apache-2.0
"""What nodes have, and the only writes of how much of it is used.

Compute's reports (through stores/compute_nodes.py) bring totals; claims come
from scheduler/claim.py, releases from stores/settlement.py. Locks are taken in
the order allocations, inventories by (node, class); whoever locks the
operation's or the server's row has done so before.
"""

import collections
import dataclasses

import os_resource_classes as orc
import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import inventory as models
from nova_lite.db.models import service as service_models
from nova_lite.db.stores import services

inventories = models.Inventory.__table__
allocations = models.Allocation.__table__
nodes = service_models.ComputeNode.__table__

UNITS = ('min_unit', 'max_unit', 'step_size')
"""The smallest and the largest amount that one server can get, and what divides it."""

DEFAULTS = {'reserved': 0, 'allocation_ratio': 1.0, 'min_unit': 1, 'max_unit': 2**31 - 1,
            'step_size': 1}
REPORTED = ('total', *DEFAULTS)

IN_ANY_AMOUNT = (orc.DISK_GB, orc.MEMORY_MB, orc.VCPU)
"""Every node has these, in units of one; what is said of their units is not looked at."""


@dataclasses.dataclass(frozen=True)
class Claim:
    """What one consumer wants of one node: resource class -> amount, none of them 0."""

    consumer_uuid: str
    node_id: int
    amounts: dict


def capacity_of(total, reserved, allocation_ratio):
    """Answer how much of a class may be promised, in whole units."""
    # The tiny addition keeps 10 * 1.1 at 11, whatever binary fractions make of it.
    return max(int((total - reserved) * allocation_ratio + 1e-9), 0)


def report(context, node_id, inventory):
    """Record what a node has; ``used`` is left alone, classes not named get no more claims.

    :param inventory: resource class -> ``total`` and what differs from DEFAULTS
    """
    with engine.writer(context) as connection:
        known = {row.resource_class: row for row in connection.execute(
            sa.select(inventories).where(inventories.c.node_id == node_id)
            .order_by(inventories.c.resource_class))}
        gone = {name: {'total': 0} for name in set(known) - set(inventory)}
        for resource_class, figures in sorted({**inventory, **gone}.items()):
            row = {'total': figures['total'],
                   **{name: figures.get(name, usual) for name, usual in DEFAULTS.items()}}
            _record(connection, node_id, resource_class, known.get(resource_class), row)


def _record(connection, node_id, resource_class, known, row):
    """Insert or update one row, if it says something new."""
    capacity = capacity_of(row['total'], row['reserved'], row['allocation_ratio'])
    values = dict(row, capacity=capacity, updated_at=db_now())
    if known is None:
        connection.execute(inventories.insert().values(
            node_id=node_id, resource_class=resource_class, used=0, **values))
    elif any(getattr(known, name) != row[name] for name in REPORTED):
        connection.execute(inventories.update().where(
            inventories.c.node_id == node_id,
            inventories.c.resource_class == resource_class).values(**values))


def claim(context, claims, *, replaced=None):
    """Take room for several consumers, for all or for none of them.

    :param claims: list of Claim
    :param replaced: consumer -> node id of claims that are released in the same transaction
    :raises AlreadyClaimed: if a consumer holds something already
    :raises ClaimRefused: if a node has no room any more, or takes no servers
    """
    wanted, sizes = _by_node(claims), _sizes_by_node(claims)
    with engine.writer(context) as connection:
        returned = _by_node(_drop(connection, replaced or {}))
        _insert(connection, claims)
        for node_id in sorted({*wanted, *returned}):
            if node_id in returned:
                _give_back(connection, node_id, returned[node_id])
            if node_id in wanted:
                _take(connection, node_id, wanted[node_id], sizes[node_id])
        _check_that_they_work(connection, wanted)


def _by_node(claims):
    """Answer the sums by node and class."""
    sums = collections.defaultdict(collections.Counter)
    for one in claims:
        sums[one.node_id].update(one.amounts)
    return sums


def _sizes_by_node(claims):
    """Answer what single servers take, by node and class: sets of amounts."""
    sizes = collections.defaultdict(lambda: collections.defaultdict(set))
    for one in claims:
        for resource_class, amount in one.amounts.items():
            sizes[one.node_id][resource_class].add(amount)
    return sizes


def _insert(connection, claims):
    rows = [{'consumer_uuid': one.consumer_uuid, 'node_id': one.node_id,
             'resource_class': resource_class, 'amount': amount}
            for one in claims for resource_class, amount in one.amounts.items()]
    try:
        connection.execute(allocations.insert().values(created_at=db_now()), rows)
    except engine.db_exc.DBDuplicateEntry as error:
        raise exception.AlreadyClaimed(
            consumers=', '.join(one.consumer_uuid for one in claims)) from error


def gives(table, resource_class, amount):
    """The conditions that a class is given out in such an amount to one server.

    :param table: inventories, or an alias
    :param amount: an expression, or a number
    """
    if resource_class in IN_ANY_AMOUNT:
        return []
    return [table.c.min_unit <= amount, table.c.max_unit >= amount,
            sa.cast(amount, sa.Integer) % table.c.step_size == 0]


def _take(connection, node_id, amounts, sizes):
    """Add to what is used of a node; the row count says whether every class had room.

    One statement for all classes of the node: its rows lie together in the
    primary key, so all claims lock them in the same order.
    """
    needed = sa.or_(*(sa.and_(
        inventories.c.resource_class == resource_class,
        inventories.c.used + amount <= inventories.c.capacity,
        # Overcommitment shares a node among guests; it does not make one guest's larger.
        inventories.c.total >= max(sizes[resource_class]),
        *(condition for size in sorted(sizes[resource_class])
          for condition in gives(inventories, resource_class, size)),
    ) for resource_class, amount in sorted(amounts.items())))
    taken = _change(connection, node_id, needed, inventories.c.used + _amount_of(amounts))
    if taken.rowcount != len(amounts):
        raise exception.ClaimRefused(node_id=node_id, why='its room is taken')


def _amount_of(amounts):
    """Answer the amount of a row's class, as an expression."""
    return sa.case({name: amount for name, amount in sorted(amounts.items())},
                   value=inventories.c.resource_class, else_=0)


def _give_back(connection, node_id, amounts):
    amount = _amount_of(amounts)
    rest = sa.case((inventories.c.used > amount, inventories.c.used - amount), else_=0)
    _change(connection, node_id, inventories.c.resource_class.in_(sorted(amounts)), rest)


def _change(connection, node_id, which, used):
    """Set what is used of a node's classes, whose rows are locked in the same order by all.

    MariaDB is kept from the other index, whose order is not that of the locks;
    PostgreSQL would lock rows as they lie in its file, which each change alters.
    """
    of_node = inventories.c.node_id == node_id
    if connection.dialect.name == 'postgresql':
        connection.execute(sa.select(inventories.c.resource_class).where(of_node).order_by(
            inventories.c.resource_class).with_for_update(key_share=True))
    statement = inventories.update().where(of_node, which).values(used=used)
    for dialect in ('mysql', 'mariadb'):
        statement = statement.with_hint('FORCE INDEX (PRIMARY)', dialect_name=dialect)
    return connection.execute(statement)


def _check_that_they_work(connection, node_ids):
    """Refuse nodes that were disabled or went down since they were chosen.

    Read last: an earlier plain read would fix the transaction's view before the locks are had.
    """
    working = set(connection.execute(
        sa.select(nodes.c.id).join(services.services, services.services.c.id == nodes.c.service_id)
        .where(nodes.c.id.in_(sorted(node_ids)), services.services.c.disabled.is_(False),
               services.is_up())).scalars())
    for node_id in sorted(set(node_ids) - working):
        raise exception.ClaimRefused(node_id=node_id, why='its host is disabled or down')


def _drop(connection, consumers):
    """Delete allocations; answer what they were as a list of Claim.

    :param consumers: uuid -> node id, or None for any node
    """
    dropped = []
    for uuid, node_id in sorted(consumers.items()):
        # By a prefix of the key alone, so that nobody else's rows are read and locked.
        theirs = sa.and_(allocations.c.consumer_uuid == uuid,
                         sa.true() if node_id is None else allocations.c.node_id == node_id)
        # Locking: a claim that was committed after this transaction's first read must be seen.
        rows = connection.execute(sa.select(allocations).where(theirs).with_for_update()).all()
        dropped += [Claim(uuid, row.node_id, {row.resource_class: row.amount}) for row in rows]
        if rows:
            connection.execute(allocations.delete().where(theirs))
    return dropped


@engine.retry_on_deadlock
def release(context, consumer_uuid):
    """Give back all that a consumer holds; True if it held anything. Safe to repeat."""
    with engine.writer(context) as connection:
        returned = _by_node(_drop(connection, {consumer_uuid: None}))
        for node_id in sorted(returned):
            _give_back(connection, node_id, returned[node_id])
    return bool(returned)


def record_held(context, claim):
    """Record what a consumer holds in fact, also where there is no room for it.

    For repairs: the consumer is on the node already, and holds nothing in the record.

    :raises AlreadyClaimed: if it does
    """
    with engine.writer(context) as connection:
        _insert(connection, [claim])
        _change(connection, claim.node_id, inventories.c.resource_class.in_(sorted(claim.amounts)),
                inventories.c.used + _amount_of(claim.amounts))


def held(context, consumers):
    """Answer which node each of the consumers holds, if any.

    :returns: uuid -> row with node_id, host, node
    """
    query = (sa.select(allocations.c.consumer_uuid, nodes.c.id.label('node_id'), nodes.c.host,
                       nodes.c.hypervisor_hostname.label('node')).distinct()
             .join(nodes, nodes.c.id == allocations.c.node_id)
             .where(allocations.c.consumer_uuid.in_(consumers)))
    with engine.reader(context) as connection:
        return {row.consumer_uuid: row for row in connection.execute(query)}


def amounts_held(context, consumers):
    """Answer what consumers hold: list of (consumer, node id, resource class -> amount)."""
    found = {}
    with engine.reader(context) as connection:
        for row in connection.execute(sa.select(allocations).where(
                allocations.c.consumer_uuid.in_(consumers))):
            found.setdefault((row.consumer_uuid, row.node_id), {})[
                row.resource_class] = row.amount
    return [(*key, amounts) for key, amounts in found.items()]


def of_nodes(context, node_ids):
    """Answer the inventory of nodes: node id -> resource class -> row."""
    query = sa.select(inventories).where(inventories.c.node_id.in_(node_ids))
    found = {node_id: {} for node_id in node_ids}
    with engine.reader(context) as connection:
        for row in connection.execute(query).mappings():
            found[row['node_id']][row['resource_class']] = dict(row)
    return found
