# SPDX-License-Identifier: Apache-2.0
"""Archiving what belongs to no server: SQL of ``db archive_deleted_rows``.

Operations of batches go when none of their servers' operations is left in the
live table, decisions when they are too old to explain anything, lines of the
task log when the operator asks. Rows of deleted servers: archive.py.
"""

import collections

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import decision, operation, task_log
from nova_lite.db.stores import archive
from nova_lite.states import operation as op

operations = operation.Operation.__table__
decisions = decision.Decision.__table__
log = task_log.TaskLog.__table__

AT_ONCE = 250
"""Rows that are looked for at a time."""

SECONDS_A_DAY = 86400


def batches(context, budget, *, before=None):
    """Archive finished operations of no server, with their decisions; yield Counters."""
    child = operations.alias()
    over = sa.and_(
        operations.c.instance_uuid.is_(None), operations.c.state.in_(op.FINISHED),
        sa.not_(sa.exists().where(child.c.parent_id == operations.c.id)))
    if before is not None:
        over = sa.and_(over, operations.c.finished_at < before)
    return _archive(context, budget, operations, over, _move_batches)


def old_decisions(context, budget, *, kept_days, before=None):
    """Archive decisions older than so many days whose operation has ended; yield Counters."""
    over = sa.and_(
        decisions.c.created_at < db_now(-kept_days * SECONDS_A_DAY),
        sa.not_(sa.exists().where(operations.c.id == decisions.c.operation_id,
                                  operations.c.state.in_(op.UNFINISHED))))
    if before is not None:
        over = sa.and_(over, decisions.c.created_at < before)
    return _archive(context, budget, decisions, over, _move_decisions)


def task_logs(context, budget, *, before=None):
    """Archive the log of periods that are over; yield Counters."""
    over = log.c.period_ending < db_now()
    if before is not None:
        over = sa.and_(over, sa.func.coalesce(log.c.updated_at, log.c.created_at) < before)
    return _archive(context, budget, log, over, _move_task_logs)


def _archive(context, budget, table, condition, move_rows):
    """Move the rows that fulfil a condition, oldest first.

    :param move_rows: called with (connection, ids)
    """
    seen = 0
    while True:
        with engine.reader(context) as connection:
            page = connection.execute(sa.select(table.c.id).where(
                condition, table.c.id > seen).order_by(table.c.id).limit(AT_ONCE)).scalars().all()
        if not page:
            return
        seen = page[-1]
        weights = _weights(context, table, page)
        while page:
            batch = budget.next_batch(page, weights)
            if not batch:
                return
            moved = _move_batch(context, table, batch, move_rows)
            budget.spend(moved.total())
            yield moved


def _weights(context, table, ids):
    """Answer id -> number of the rows that go together; a batch brings its decisions."""
    weights = collections.Counter(ids)
    if table is operations:
        with engine.reader(context) as connection:
            weights.update(dict(connection.execute(sa.select(
                decisions.c.operation_id, sa.func.count()).where(
                    decisions.c.operation_id.in_(ids)).group_by(
                        decisions.c.operation_id)).all()))
    return weights


@engine.retry_on_deadlock
def _move_batch(context, table, ids, move_rows):
    with engine.writer(context) as connection:
        # Another archiver may have been here first.
        locked = connection.execute(sa.select(table.c.id).where(
            table.c.id.in_(ids)).with_for_update()).scalars().all()
        return move_rows(connection, locked)


def _move_batches(connection, ids):
    moved = collections.Counter()
    moved += archive.move(
        connection, decisions, decisions.c.operation_id.in_(ids),
        ended_at=decisions.c.created_at)
    moved += archive.move(
        connection, operations, operations.c.id.in_(ids),
        ended_at=sa.func.coalesce(operations.c.finished_at, operations.c.progress_at))
    return moved


def _move_decisions(connection, ids):
    return archive.move(connection, decisions, decisions.c.id.in_(ids),
                        ended_at=decisions.c.created_at)


def _move_task_logs(connection, ids):
    return archive.move(connection, log, log.c.id.in_(ids), ended_at=log.c.period_ending)
