# SPDX-License-Identifier: Apache-2.0
"""Taking what has ended out of the live tables: SQL of ``db archive_deleted_rows``.

A server goes with everything that belongs to it, in one transaction, so a kill
at any point leaves each row in exactly one place. A server stays while anything
still needs its record: an unfinished operation, an allocation, an address.
What belongs to no server is in archive_rest.py.

Daemons work meanwhile. The rows of the servers are locked before anything of
them is read, and a transaction that deletes more or less than it has copied is
rolled back and made again.
"""

import collections
import math

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.models import decision, instance, inventory, network, operation, shadow
from nova_lite.states import operation as op

instances = instance.Instance.__table__
actions = instance.InstanceAction.__table__
events = instance.InstanceActionEvent.__table__
operations = operation.Operation.__table__
decisions = decision.Decision.__table__
allocations = inventory.Allocation.__table__
addresses = network.FixedIp.__table__
interfaces = network.VirtualInterface.__table__

gone_at = sa.func.coalesce(
    instances.c.deleted_at, instances.c.updated_at, instances.c.created_at)

ROWS_AT_ONCE = 500
"""Rows that one transaction moves at most, unless a single server has more."""

SERVERS_AT_ONCE = 50

OF_A_SERVER = tuple(table for table in shadow.ARCHIVED if 'instance_uuid' in table.c)
"""Tables whose rows name the server that they belong to."""

BY_PARENT = ((events, events.c.action_id, actions), (decisions, decisions.c.operation_id,
                                                     operations))
"""Tables whose rows belong to a row of a table above: (table, column, parent)."""


class Budget:
    """The rows that may still be moved.

    :param rows: None for no limit
    """

    def __init__(self, rows=None):
        self.left = math.inf if rows is None else rows
        self._is_untouched = True

    def next_batch(self, page, weights):
        """Take from a page what one transaction moves; empty when the budget is used up.

        The very first takes something whatever it weighs: what is larger than
        the whole budget would never go otherwise.

        :param page: list of keys
        :param weights: key -> rows
        """
        limit = min(ROWS_AT_ONCE, self.left)
        batch, weight = [], 0
        while page and weight + weights[page[0]] <= limit:
            weight += weights[page[0]]
            batch.append(page.pop(0))
        if page and not batch and (self._is_untouched or weights[page[0]] <= self.left):
            batch.append(page.pop(0))
        return batch

    def spend(self, rows):
        """Count what was moved."""
        self.left -= rows
        self._is_untouched = False


def servers(context, budget, *, before=None):
    """Archive deleted servers; yield a Counter of table name -> rows for each transaction.

    :param before: only those deleted before that time
    """
    for page in _pages(context, before):
        weights = _weights(context, page)
        while page:
            batch = budget.next_batch(page, weights)
            if not batch:
                return
            moved = _move_servers(context, batch)
            budget.spend(moved.total())
            yield moved


def _pages(context, before):
    """Yield the uuids of deleted servers, oldest first, a list at a time."""
    seen = None
    while True:
        query = sa.select(instances.c.uuid, instances.c.created_at, instances.c.id).where(
            instances.c.deleted.is_(True), _is_over()).order_by(
                instances.c.created_at, instances.c.id).limit(SERVERS_AT_ONCE)
        if before is not None:
            query = query.where(gone_at < before)
        if seen is not None:
            query = query.where(sa.or_(
                instances.c.created_at > seen.created_at,
                sa.and_(instances.c.created_at == seen.created_at, instances.c.id > seen.id)))
        with engine.reader(context) as connection:
            rows = connection.execute(query).all()
        if not rows:
            return
        seen = rows[-1]
        yield [row.uuid for row in rows]


def _is_over():
    """The condition that nothing needs a server's record any more."""
    needed_by = (
        (operations.c.instance_uuid, operations.c.state.in_(op.UNFINISHED)),
        (allocations.c.consumer_uuid, sa.true()),
        (addresses.c.instance_uuid, sa.true()),
        (interfaces.c.instance_uuid, sa.true()))
    return sa.and_(*(sa.not_(sa.exists().where(column == instances.c.uuid, condition))
                     for column, condition in needed_by))


def _weights(context, uuids):
    """Answer uuid -> number of the rows that go with it."""
    weights = collections.Counter(uuids)
    counted = [sa.select(table.c.instance_uuid, sa.func.count()).where(
        table.c.instance_uuid.in_(uuids)).group_by(table.c.instance_uuid)
        for table in OF_A_SERVER]
    counted += [sa.select(parent.c.instance_uuid, sa.func.count()).where(
        column == parent.c.id, parent.c.instance_uuid.in_(uuids)).group_by(
            parent.c.instance_uuid) for _table, column, parent in BY_PARENT]
    with engine.reader(context) as connection:
        for query in counted:
            weights.update(dict(connection.execute(query).all()))
    return weights


@engine.retry_on_deadlock
def _move_servers(context, uuids):
    """Move servers and all of theirs; those that are needed again meanwhile stay."""
    moved = collections.Counter()
    with engine.writer(context) as connection:
        # First the locks, by a statement that reads nothing else: what it waited for is seen.
        connection.execute(sa.select(instances.c.uuid).where(
            instances.c.uuid.in_(uuids)).with_for_update())
        uuids = connection.execute(sa.select(instances.c.uuid).where(
            instances.c.uuid.in_(uuids), instances.c.deleted.is_(True), _is_over(),
        )).scalars().all()
        for table, column, parent in BY_PARENT:
            parents = connection.execute(sa.select(parent.c.id).where(
                parent.c.instance_uuid.in_(uuids))).scalars().all()
            moved += _move_children(connection, table, column, parent, parents)
        for table in OF_A_SERVER:
            # Both sides are named: PostgreSQL without statistics looks at every server otherwise.
            source = table.join(instances, sa.and_(
                instances.c.uuid == table.c.instance_uuid, instances.c.uuid.in_(uuids)))
            moved += move(connection, table, table.c.instance_uuid.in_(uuids), ended_at=gone_at,
                          source=source)
        moved += move(connection, instances, instances.c.uuid.in_(uuids),
                      ended_at=gone_at)
    return moved


def _move_children(connection, table, column, parent, parents):
    """Move rows that name an action or an operation; many ids are named in several statements."""
    source = table.join(parent, parent.c.id == column).join(
        instances, instances.c.uuid == parent.c.instance_uuid)
    moved = collections.Counter()
    for start in range(0, len(parents), ROWS_AT_ONCE):
        moved += move(connection, table, column.in_(parents[start:start + ROWS_AT_ONCE]),
                      ended_at=gone_at, source=source)
    return moved


def move(connection, table, condition, *, ended_at, source=None):
    """Copy rows to their twins and delete them; answer how many, by the table's name.

    :param ended_at: expression, when the thing itself ended
    :param source: the table, joined to what ``ended_at`` and the condition name
    :raises DBDeadlock: rows came or went in between; the transaction is to be made again
    """
    columns = [column.name for column in table.columns]
    copied = connection.execute(shadow.SHADOWS[table].insert().from_select(
        ['ended_at', *columns],
        sa.select(ended_at, *table.columns).select_from(
            table if source is None else source).where(condition))).rowcount
    deleted = connection.execute(table.delete().where(condition)).rowcount if copied else 0
    if copied != deleted:
        raise engine.db_exc.DBDeadlock()
    return collections.Counter({table.name: copied}) if copied else collections.Counter()
