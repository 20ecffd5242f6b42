# SPDX-License-Identifier: Apache-2.0
"""Services in notifications, under the names of their twins in Nova. Pure."""

from nova_lite.notifications import form

COPIED = ('host', 'topic', 'report_count', 'version', 'disabled', 'disabled_reason',
          'availability_zone', 'forced_down', 'uuid')
OURS, THEIRS = 'nova-lite-', 'nova-'


def payload(row):
    """Answer ServiceStatusPayload."""
    return form.versioned(
        'ServiceStatusPayload', '1.1', **{name: row[name] for name in COPIED},
        binary=_known_as(row), last_seen_up=form.moment(row['last_seen_at']))


def _known_as(row):
    return row['binary'].replace(OURS, THEIRS, 1)


def event(action, row):
    """Answer what is told when a service has joined, was changed or deleted."""
    return form.Event(f'service.{action}', f'service {row["uuid"]}',
                      form.publisher(_known_as(row), row['host']), payload(row))
