# SPDX-License-Identifier: Apache-2.0
"""Notifications that wait to be sent, and which conductor sends them."""

import sqlalchemy as sa

from nova_lite.db.models import base


class Notification(base.Base):
    """One notification as it will be sent; goes when the broker has it.

    ``id`` is the order: of one ``subject`` the changes are made one after the
    other, so the later has the higher number. ``event_id`` stays the same
    however often it is sent.
    """

    __tablename__ = 'notification_outbox'

    id = sa.Column(base.BigId, primary_key=True)
    event_id = sa.Column(base.Uuid, nullable=False)
    subject = sa.Column(sa.String(255), nullable=False)
    event_type = sa.Column(sa.String(255), nullable=False)
    publisher_id = sa.Column(sa.String(255), nullable=False)
    priority = sa.Column(sa.String(16), nullable=False)
    payload = sa.Column(sa.JSON, nullable=False)
    asked_by = sa.Column(sa.JSON, nullable=False)
    created_at = sa.Column(base.Moment, nullable=False)


class NotificationLease(base.Base):
    """Who sends now: one row, so one sender at a time."""

    __tablename__ = 'notification_lease'

    id = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    owner = sa.Column(base.Uuid, nullable=False)
    expires_at = sa.Column(base.Moment, nullable=False)
