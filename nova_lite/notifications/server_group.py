# SPDX-License-Identifier: Apache-2.0
"""Server groups in notifications. Pure."""

from nova_lite.notifications import form

COPIED = ('uuid', 'name', 'user_id', 'project_id', 'policy', 'members')


def payload(row):
    """Answer ServerGroupPayload; where members run is known of each member, not of the group."""
    return form.versioned(
        'ServerGroupPayload', '1.1', **{name: row[name] for name in COPIED},
        policies=[row['policy']], hosts=None,
        rules={name: str(value) for name, value in row['rules'].items()})


def event(action, row):
    """Answer what is told when a group was created, deleted or got members."""
    return form.Event(f'server_group.{action}', f'server_group {row["uuid"]}',
                      form.publisher(form.API), payload(row))
