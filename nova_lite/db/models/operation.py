# SPDX-License-Identifier: Apache-2.0
"""The durable operation: its record, its secrets, and the keys that make a create repeatable."""

import sqlalchemy as sa
from sqlalchemy import orm

from nova_lite.db.models import base


class Operation(base.Base):
    """A piece of work that is never lost; see nova_lite/operations.

    ``host`` None: the phase is a controller's. ``owner`` is the incarnation
    that runs the phase now; ``lease`` is raised each time somebody takes it,
    so an earlier owner's writes are refused. ``host_may_hold``: from here on
    only that host can say that nothing of the guest exists on it.
    """

    __tablename__ = 'operations'
    __table_args__ = base.table_args(
        sa.Index(None, 'state', 'progress_at'),
        sa.Index(None, 'host', 'state'),
        sa.Index(None, 'instance_uuid', 'state'),
    )

    id = orm.mapped_column(base.BigId, primary_key=True)
    parent_id = orm.mapped_column(base.BigId, index=True)
    instance_uuid = orm.mapped_column(base.Uuid)
    kind = orm.mapped_column(sa.String(64), nullable=False)
    state = orm.mapped_column(sa.String(32), nullable=False)
    phase = orm.mapped_column(sa.String(64), nullable=False)
    host = orm.mapped_column(sa.String(255))
    owner = orm.mapped_column(base.Uuid)
    lease = orm.mapped_column(sa.Integer, nullable=False, default=0)
    fence = orm.mapped_column(sa.Integer)
    host_may_hold = orm.mapped_column(sa.Boolean, nullable=False, default=False)
    attempts = orm.mapped_column(sa.Integer, nullable=False, default=0)
    arguments = orm.mapped_column(sa.JSON, nullable=False)
    superseded_by = orm.mapped_column(base.BigId)
    message = orm.mapped_column(sa.String(255))
    request_id = orm.mapped_column(sa.String(255), nullable=False, index=True)
    user_id = orm.mapped_column(sa.String(255))
    project_id = orm.mapped_column(sa.String(255))
    created_at = orm.mapped_column(base.Moment, nullable=False)
    progress_at = orm.mapped_column(base.Moment, nullable=False)
    finished_at = orm.mapped_column(base.Moment)


class OperationSecret(base.Base):
    """Passwords and files of an unfinished operation, encrypted; goes when it ends."""

    __tablename__ = 'operation_secrets'

    operation_id = orm.mapped_column(
        sa.ForeignKey('operations.id', ondelete='CASCADE'), primary_key=True)
    sealed = orm.mapped_column(base.LongText, nullable=False)


class IdempotencyKey(base.Base):
    """The first answer to a request that carried an Idempotency-Key."""

    __tablename__ = 'idempotency_keys'

    project_id = orm.mapped_column(sa.String(64), primary_key=True)
    user_id = orm.mapped_column(sa.String(64), primary_key=True)
    key = orm.mapped_column(sa.String(64), primary_key=True)
    body_hash = orm.mapped_column(sa.String(64), nullable=False)
    reservation_id = orm.mapped_column(sa.String(255), nullable=False)
    created_at = orm.mapped_column(base.Moment, nullable=False)
    expires_at = orm.mapped_column(base.Moment, nullable=False, index=True)
