# SPDX-License-Identifier: Apache-2.0
"""How hypervisors are shown."""

import json

from nova_lite.api.openstack.compute.views import services as service_views
from nova_lite.api.openstack.microversions import Feature
from nova_lite.objects import instance as instances

FIGURES = ('current_workload', 'disk_available_least', 'local_gb', 'local_gb_used', 'memory_mb',
           'memory_mb_used', 'running_vms', 'vcpus', 'vcpus_used')


def short(request, row, servers=None):
    """Answer what names a hypervisor and whether it works.

    :param servers: rows of its servers; None if they were not asked for
    """
    has_uuid = request.offers(Feature.HYPERVISOR_UUID)
    shown = {
        'id': row['uuid'] if has_uuid else row['id'],
        'hypervisor_hostname': row['hypervisor_hostname'],
        'state': 'up' if row['is_up'] else 'down', 'status': service_views.status_of(row)}
    if servers or (servers is not None and request.offers(Feature.STRICT_QUERIES)):
        shown['servers'] = [{'name': instances.INSTANCE_NAME % server['id'],
                             'uuid': server['uuid']} for server in servers]
    return shown


def in_list(request, row, servers=None):
    """Answer all of a hypervisor, with the uptime that its host last told if it is there."""
    return whole(request, row, servers, row['uptime'] if row['is_up'] else None)


def whole(request, row, servers=None, uptime=None):
    """Answer all of a hypervisor, as the request's version knows it."""
    has_uuid = request.offers(Feature.HYPERVISOR_UUID)
    shown = {
        **short(request, row, servers),
        'hypervisor_type': row['hypervisor_type'],
        'hypervisor_version': row['hypervisor_version'], 'host_ip': row['host_ip'],
        'service': {'host': row['host'],
                    'id': row['service_uuid'] if has_uuid else row['service_number'],
                    'disabled_reason': row['disabled_reason']}}
    if request.offers(Feature.HYPERVISOR_UPTIME):
        return {**shown, 'uptime': uptime}
    return {**shown, **figures_of(row), 'cpu_info': _cpu_info(request, row)}


def figures_of(row):
    """Answer what a hypervisor, or all together, has and how much of it is used."""
    return {**{name: row[name] for name in FIGURES},
            'free_ram_mb': row['memory_mb'] - row['memory_mb_used'],
            'free_disk_gb': row['local_gb'] - row['local_gb_used']}


def _cpu_info(request, row):
    known = row['cpu_info'] or {}
    return known if request.offers(Feature.CPU_INFO_OBJECT) else json.dumps(known)


def with_uptime(request, row, uptime):
    """Answer what names a hypervisor, and since when its host runs."""
    return {**short(request, row), 'uptime': uptime}


def statistics(row):
    """Answer what all hypervisors have together."""
    return {'count': row['count'], **figures_of(row)}
