# SPDX-License-Identifier: Apache-2.0
"""The durable operation: its record, its secrets, and the keys that make a create repeatable."""

import sqlalchemy as sa

from nova_lite.db.models import base


class Operation(base.Base):
    """A piece of work that is never lost; see nova_lite/operations.

    ``host`` None: the phase is a controller's. ``owner`` is the incarnation
    that runs the phase now; ``lease`` is raised each time somebody takes it,
    so an earlier owner's writes are refused. ``host_may_hold``: from here on
    only that host can say that nothing of the guest exists on it.
    """

    __tablename__ = 'operations'
    __table_args__ = (
        sa.Index(None, 'state', 'progress_at'),
        sa.Index(None, 'host', 'state'),
        sa.Index(None, 'instance_uuid', 'state'),
    )

    id = sa.Column(base.BigId, primary_key=True)
    parent_id = sa.Column(base.BigId, index=True)
    instance_uuid = sa.Column(base.Uuid)
    kind = sa.Column(sa.String(64), nullable=False)
    state = sa.Column(sa.String(32), nullable=False)
    phase = sa.Column(sa.String(64), nullable=False)
    host = sa.Column(sa.String(255))
    owner = sa.Column(base.Uuid)
    lease = sa.Column(sa.Integer, nullable=False, default=0)
    fence = sa.Column(sa.Integer)
    host_may_hold = sa.Column(sa.Boolean, nullable=False, default=False)
    attempts = sa.Column(sa.Integer, nullable=False, default=0)
    arguments = sa.Column(sa.JSON, nullable=False)
    superseded_by = sa.Column(base.BigId)
    message = sa.Column(sa.String(255))
    request_id = sa.Column(sa.String(255), nullable=False, index=True)
    user_id = sa.Column(sa.String(255))
    project_id = sa.Column(sa.String(255))
    created_at = sa.Column(base.Moment, nullable=False)
    progress_at = sa.Column(base.Moment, nullable=False)
    finished_at = sa.Column(base.Moment)


class OperationSecret(base.Base):
    """Passwords and files of an unfinished operation, encrypted; goes when it ends."""

    __tablename__ = 'operation_secrets'

    operation_id = sa.Column(
        sa.ForeignKey('operations.id', ondelete='CASCADE'), primary_key=True)
    sealed = sa.Column(base.LongText, nullable=False)


class IdempotencyKey(base.Base):
    """The first answer to a request that carried an Idempotency-Key."""

    __tablename__ = 'idempotency_keys'

    project_id = sa.Column(sa.String(64), primary_key=True)
    user_id = sa.Column(sa.String(64), primary_key=True)
    key = sa.Column(sa.String(64), primary_key=True)
    body_hash = sa.Column(sa.String(64), nullable=False)
    reservation_id = sa.Column(sa.String(255), nullable=False)
    created_at = sa.Column(base.Moment, nullable=False)
    expires_at = sa.Column(base.Moment, nullable=False, index=True)
