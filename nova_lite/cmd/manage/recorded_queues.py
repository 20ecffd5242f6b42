# SPDX-License-Identifier: Apache-2.0
"""What waits in the database: unfinished operations by phase, and notifications.

``queue list`` shows them below the broker's queues (queue.py), in the same
columns: ``ready`` is what nobody has begun, ``unacked`` what somebody is at.
"""

from nova_lite.db.stores import notification_outbox, operations_admin
from nova_lite.notifications import sender
from nova_lite.states import transitions

FINE = 'fine'
OPERATIONS = 'operations'
NOTIFICATIONS = 'notifications'


def lines(context, *, slow_after):
    """Answer the rows: operations, the oldest first, then notifications.

    :param slow_after: seconds in which an operation should have been taken
    """
    found = operations_admin.backlog(context)
    return [*(_of_phase(row, slow_after) for row in sorted(
        found, key=lambda row: -(row['oldest'] or 0))), _of_outbox(context)]


def _of_phase(row, slow_after):
    return {'queue': f'{OPERATIONS} {row["kind"]}/{row["phase"]}',
            'ready': row['pending'] + row['waiting_for_host'], 'unacked': row['running'],
            'consumers': None, 'type': OPERATIONS, 'head_age': _rounded(row['oldest']),
            'waiting_for_host': row['waiting_for_host'],
            'judgement': of_phase(row, slow_after=slow_after)}


def of_phase(row, *, slow_after):
    """Say in words whether operations in a phase are begun in time; pure."""
    if row['waiting_for_host']:
        return f'{row["waiting_for_host"]} wait for a host that is down'
    known = transitions.TABLE.get(row['kind'])
    phase = known and known.phase(row['phase'])
    if phase is None:
        return 'not known to this release'
    # Servers made together wait until the one that makes them gets to them.
    patience = phase.progress_timeout if phase.waits_for_parent else slow_after
    if row['pending'] and row['oldest'] > patience:
        return 'nobody begins them: is a conductor up, and the host?'
    return FINE


def _of_outbox(context):
    depth = notification_outbox.depth(context)
    return {'queue': NOTIFICATIONS, 'ready': depth['waiting'], 'unacked': None, 'consumers': None,
            'type': NOTIFICATIONS,
            'head_age': _rounded(depth['oldest'] if depth['waiting'] else None),
            'judgement': of_outbox(depth)}


def of_outbox(depth):
    """Say in words whether notifications are sent in time; pure."""
    if depth['waiting'] and depth['oldest'] > sender.LEASE:
        return 'not sent: is a conductor up, with a notification driver?'
    return FINE


def _rounded(age):
    return None if age is None else round(age)
