# SPDX-License-Identifier: Apache-2.0
"""Notifications that wait to be sent, and which conductor sends them."""

import sqlalchemy as sa
from sqlalchemy import orm

from nova_lite.db.models import base


class Notification(base.Base):
    """One notification as it will be sent; goes when the broker has it.

    ``id`` is the order: of one ``subject`` the changes are made one after the
    other, so the later has the higher number. ``event_id`` stays the same
    however often it is sent.
    """

    __tablename__ = 'notification_outbox'

    id = orm.mapped_column(base.BigId, primary_key=True)
    event_id = orm.mapped_column(base.Uuid, nullable=False)
    subject = orm.mapped_column(sa.String(255), nullable=False)
    event_type = orm.mapped_column(sa.String(255), nullable=False)
    publisher_id = orm.mapped_column(sa.String(255), nullable=False)
    priority = orm.mapped_column(sa.String(16), nullable=False)
    payload = orm.mapped_column(sa.JSON, nullable=False)
    asked_by = orm.mapped_column(sa.JSON, nullable=False)
    created_at = orm.mapped_column(base.Moment, nullable=False)


class NotificationLease(base.Base):
    """Who sends now: one row, so one sender at a time."""

    __tablename__ = 'notification_lease'

    id = orm.mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    owner = orm.mapped_column(base.Uuid, nullable=False)
    expires_at = orm.mapped_column(base.Moment, nullable=False)
