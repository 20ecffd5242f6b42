# SPDX-License-Identifier: Apache-2.0
"""The scheduler's decisions: SQL. They are written once and never changed."""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import decision as models
from nova_lite.db.stores import notices

decisions = models.Decision.__table__


def add(context, decision):
    """Record a decision.

    :param decision: dict with operation_id, project_id, request, considered,
        causes, selections and, on failure, message
    """
    with engine.writer(context) as connection:
        connection.execute(decisions.insert().values(
            request_id=context.request_id, created_at=db_now(), **decision))
        notices.decided(context, decision)


def of_operation(context, operation_id):
    """Answer the decisions of one operation, oldest first; one for each attempt."""
    return _found(context, decisions.c.operation_id == operation_id)


def of_request(context, request_id):
    """Answer the decisions that one request of a user led to, oldest first."""
    return _found(context, decisions.c.request_id == request_id)


def _found(context, condition):
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(
            sa.select(decisions).where(condition).order_by(decisions.c.id)).mappings()]


def purge(context, *, older_than):
    """Delete the decisions of more than so many seconds ago; answer how many."""
    with engine.writer(context) as connection:
        return connection.execute(decisions.delete().where(
            decisions.c.created_at < db_now(-older_than))).rowcount
