# SPDX-License-Identifier: Apache-2.0
"""How hosts are shown."""

from nova_lite.api.openstack.compute.views import services as service_views

TOTAL, USED_NOW, USED_MAX = '(total)', '(used_now)', '(used_max)'
"""What stands in the place of a project's id."""

COLUMNS_OF = {TOTAL: {'cpu': 'vcpus', 'memory_mb': 'memory_mb', 'disk_gb': 'local_gb'},
              USED_NOW: {'cpu': 'vcpus_used', 'memory_mb': 'memory_mb_used',
                         'disk_gb': 'local_gb_used'}}
AMOUNTS = ('cpu', 'memory_mb', 'disk_gb')


def short(row):
    """Answer a host as one of its services says it."""
    return {'host_name': row['host'], 'service': row['topic'],
            'zone': service_views.zone_of(row)}


def resources(host, nodes, demands):
    """Answer what a host has, what is used of it, and what its servers could use.

    :param nodes: rows of its hypervisors
    :param demands: rows of projects with what their servers' flavors add up to
    """
    sums = [(project, {name: sum(node[column] for node in nodes)
                       for name, column in columns.items()})
            for project, columns in COLUMNS_OF.items()]
    sums.append((USED_MAX, {name: sum(row[name] for row in demands) for name in AMOUNTS}))
    sums += [(row['project_id'], {name: row[name] for name in AMOUNTS}) for row in demands]
    return [{'resource': {'host': host, 'project': project, **amounts}}
            for project, amounts in sums]
