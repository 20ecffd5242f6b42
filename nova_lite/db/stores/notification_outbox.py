# SPDX-License-Identifier: Apache-2.0
"""Notifications that wait to be sent: SQL. What is written is in notices.py, beside.

Any number of conductors may send, one at a time: whoever has the lease. One
that loses it in the middle may send what its successor sends too, never in
another order, so whoever drops repeats by their id reads each subject in order.
"""

import sqlalchemy as sa
from oslo_utils import uuidutils

from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import notification as models

outbox = models.Notification.__table__
leases = models.NotificationLease.__table__

THE_LEASE = 1


def add(context, events, initiator):
    """Record notifications, in the transaction of what they tell of.

    :param events: notifications.form.Event
    :param initiator: has request_id, user_id, project_id
    """
    if not events:
        return
    asked_by = {'request_id': initiator.request_id, 'user_id': initiator.user_id,
                'project_id': initiator.project_id}
    with engine.writer(context) as connection:
        # Each by a statement of its own: the rows of one may get their numbers in any order.
        for event in events:
            connection.execute(outbox.insert().values(
                event_id=uuidutils.generate_uuid(), subject=event.subject,
                event_type=event.event_type, publisher_id=event.publisher_id,
                priority=event.priority, payload=event.payload, asked_by=asked_by,
                created_at=db_now()))


def page(context, limit):
    """Answer the notifications that wait longest, in the order in which they are sent."""
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(
            sa.select(outbox).order_by(outbox.c.id).limit(limit)).mappings()]


@engine.retry_on_deadlock
def remove(context, ids):
    """Forget notifications that the broker has."""
    with engine.writer(context) as connection:
        connection.execute(outbox.delete().where(outbox.c.id.in_(ids)))


@engine.retry_on_deadlock
def acquire(context, owner, seconds):
    """Become the one who sends, or stay it; answer whether we are."""
    free = sa.or_(leases.c.owner == owner, leases.c.expires_at < db_now())
    with engine.writer(context) as connection:
        if connection.execute(leases.update().where(leases.c.id == THE_LEASE, free).values(
                owner=owner, expires_at=db_now(seconds))).rowcount:
            return True
    return _make_lease(context, owner, seconds)


def _make_lease(context, owner, seconds):
    """Make the row that nobody has made yet; answer whether it was us."""
    try:
        with engine.writer(context) as connection:
            if connection.execute(sa.select(leases.c.id)).first():
                return False
            connection.execute(leases.insert().values(
                id=THE_LEASE, owner=owner, expires_at=db_now(seconds)))
    except engine.db_exc.DBDuplicateEntry:
        return False
    return True


@engine.retry_on_deadlock
def release(context, owner):
    """Let another one send at once."""
    with engine.writer(context) as connection:
        connection.execute(leases.delete().where(leases.c.owner == owner))


def depth(context):
    """Answer how many notifications wait, and for how many seconds the oldest has."""
    with engine.reader(context) as connection:
        row = connection.execute(sa.select(
            sa.func.count(), sa.func.min(outbox.c.created_at), db_now())).one()
    count, oldest, now = row
    return {'waiting': count, 'oldest': (now - oldest).total_seconds() if count else 0.0}
