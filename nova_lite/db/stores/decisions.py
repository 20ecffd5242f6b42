# SPDX-License-Identifier: Apache-2.0
"""The scheduler's decisions: SQL. They are written once and never changed.

``db archive_deleted_rows`` takes old ones out (archive_rest.py, archive.py); nothing else does.
"""

import dataclasses

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import decision as models
from nova_lite.db.models import operation as operation_models
from nova_lite.db.stores import notices

decisions = models.Decision.__table__
operations = operation_models.Operation.__table__


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


@dataclasses.dataclass(frozen=True)
class Wanted:
    """Which decisions are listed; None of a field is any.

    :ivar server_id: those on a server, also if it was made together with others
    :ivar refused: those that found no host, or those that did
    """

    server_id: str | None = None
    request_id: str | None = None
    operation_id: int | None = None
    project_id: str | None = None
    refused: bool | None = None

    def conditions(self):
        """Yield them for a statement."""
        for column in (decisions.c.request_id, decisions.c.operation_id, decisions.c.project_id):
            value = getattr(self, column.name)
            if value is not None:
                yield column == value
        if self.refused is not None:
            yield decisions.c.message.is_not(None) if self.refused else (
                decisions.c.message.is_(None))
        if self.server_id is not None:
            yield decisions.c.operation_id.in_(_operations_of(self.server_id))


def _operations_of(server_id):
    own = operations.c.instance_uuid == server_id
    return sa.union_all(
        sa.select(operations.c.id).where(own),
        sa.select(operations.c.parent_id).where(own, operations.c.parent_id.is_not(None)))


def listing(context, wanted, *, limit, marker=None):
    """Answer decisions, the newest first.

    :param marker: id of the last one of the page before
    """
    query = (sa.select(decisions).where(*wanted.conditions())
             .order_by(decisions.c.id.desc()).limit(limit))
    if marker is not None:
        query = query.where(decisions.c.id < marker)
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def get(context, decision_id):
    """Answer one decision.

    :raises DecisionNotFound: if there is none, archived ones included
    """
    rows = _found(context, decisions.c.id == decision_id)
    if not rows:
        raise exception.DecisionNotFound(what=f'decision {decision_id}')
    return rows[0]


def _found(context, condition):
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(
            sa.select(decisions).where(condition).order_by(decisions.c.id)).mappings()]
