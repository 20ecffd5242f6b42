# SPDX-License-Identifier: Apache-2.0
"""The children of a multi-create: SQL. A child is taken and moved on by its parent."""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.stores import actions
from nova_lite.db.stores import operations as store
from nova_lite.states import operation as op
from nova_lite.states import transitions

table = store.operations


def waiting_children(context, parent_id):
    """Answer the children that have not been moved on, in the order of their creation."""
    with engine.reader(context) as connection:
        found = connection.execute(sa.select(table, actions.id_of(table.c.id)).where(
            table.c.parent_id == parent_id, table.c.phase == transitions.AWAIT_BATCH,
            table.c.state == op.PENDING).order_by(table.c.id))
        return [dict(row) for row in found.mappings()]


@engine.retry_on_deadlock
def start_child(context, child, next_phase):
    """Hand a child over to its host, with its addresses.

    :param child: its row as ``waiting_children`` answers it
    :raises LeaseLost: if the child was superseded or moved on
    """
    with engine.writer(context) as connection:
        store.begin_next(context, child, next_phase)
        _change(connection, child['id'], **store.pending(child, next_phase))


def _change(connection, child_id, **values):
    """Change a child that still waits, in its parent's name.

    :raises LeaseLost: if it was superseded or moved on
    """
    changed = connection.execute(table.update().where(
        table.c.id == child_id, table.c.phase == transitions.AWAIT_BATCH,
        table.c.state == op.PENDING).values(lease=table.c.lease + 1, **values))
    if not changed.rowcount:
        raise exception.LeaseLost(operation_id=child_id, lease=None)


@engine.retry_on_deadlock
def fail_child(context, child, outcome):
    """End a child; one that was superseded meanwhile has ended already."""
    with engine.writer(context) as connection:
        try:
            _change(connection, child['id'], state=op.RUNNING, progress_at=db_now())
        except exception.LeaseLost:
            return
        store.finish(context, child['id'], child['lease'] + 1, outcome)
