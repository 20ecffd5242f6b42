# SPDX-License-Identifier: Apache-2.0
"""The children of a multi-create: SQL. A child is taken and moved on by its parent."""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.stores import operations as store
from nova_lite.states import operation as op
from nova_lite.states import transitions

table = store.operations


def waiting_children(context, parent_id):
    """Answer the children that have not been moved on, in the order of their creation."""
    with engine.reader(context) as connection:
        found = connection.execute(sa.select(table).where(
            table.c.parent_id == parent_id, table.c.phase == transitions.AWAIT_BATCH,
            table.c.state == op.PENDING).order_by(table.c.id))
        return [dict(row) for row in found.mappings()]


def _take(connection, child_id):
    """Take a child in its parent's name; answer the lease.

    :raises LeaseLost: if the child was superseded or moved on
    """
    taken = connection.execute(table.update().where(
        table.c.id == child_id, table.c.phase == transitions.AWAIT_BATCH,
        table.c.state == op.PENDING).values(
            state=op.RUNNING, lease=table.c.lease + 1, progress_at=db_now()))
    if not taken.rowcount:
        raise exception.LeaseLost(operation_id=child_id, lease=None)
    return connection.execute(sa.select(table.c.lease).where(table.c.id == child_id)).scalar()


@engine.retry_on_deadlock
def start_child(context, child_id, next_phase):
    """Hand a child over to its host, with its addresses."""
    with engine.writer(context) as connection:
        store.hand_over(context, child_id, _take(connection, child_id), next_phase)


@engine.retry_on_deadlock
def fail_child(context, child_id, outcome):
    """End a child; one that was superseded meanwhile has ended already."""
    with engine.writer(context) as connection:
        try:
            lease = _take(connection, child_id)
        except exception.LeaseLost:
            return
        store.finish(context, child_id, lease, outcome)
