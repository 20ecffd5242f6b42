# SPDX-License-Identifier: Apache-2.0
"""How the use of servers in a period is added up and shown. Pure."""

from nova_lite.api.openstack.compute.views import moments

TERMINATED = 'terminated'
"""What stands in the place of the state of a server that is gone."""


def of_projects(rows, period, now=None):
    """Answer what each project has used, in the order of their first rows.

    :param rows: of servers; with ``flavor`` if they are to be shown
    :param period: usage.Period
    :param now: the time until which servers are up; None shows no servers
    """
    projects = {}
    for row in rows:
        shown = projects.get(row['project_id'])
        if shown is None:
            shown = projects[row['project_id']] = _nothing_yet(row['project_id'], period)
            if now is not None:
                shown['server_usages'] = []
        hours = period.hours_of(row['launched_at'], row['terminated_at'])
        _add(shown, row, hours)
        if now is not None:
            shown['server_usages'].append(server(row, hours, now))
    return list(projects.values())


def _nothing_yet(project_id, period):
    return {'tenant_id': project_id, 'start': moments.with_fraction(period.beginning),
            'stop': moments.with_fraction(period.ending), 'total_hours': 0.0,
            'total_local_gb_usage': 0.0, 'total_memory_mb_usage': 0.0,
            'total_vcpus_usage': 0.0}


def _add(shown, row, hours):
    shown['total_hours'] += hours
    shown['total_vcpus_usage'] += row['vcpus'] * hours
    shown['total_memory_mb_usage'] += row['memory_mb'] * hours
    shown['total_local_gb_usage'] += _disk_of(row) * hours


def _disk_of(row):
    return row['root_gb'] + row['ephemeral_gb']


def server(row, hours, now):
    """Answer what one server has used."""
    ended = row['terminated_at']
    return {
        'instance_id': row['uuid'], 'name': row['display_name'], 'tenant_id': row['project_id'],
        'flavor': row['flavor']['name'], 'hours': hours, 'vcpus': row['vcpus'],
        'memory_mb': row['memory_mb'], 'local_gb': _disk_of(row),
        'started_at': moments.with_fraction(row['launched_at']),
        'ended_at': moments.with_fraction(ended),
        'state': row['vm_state'] if ended is None else TERMINATED,
        'uptime': max(int(((ended or now) - row['launched_at']).total_seconds()), 0)}
