# SPDX-License-Identifier: Apache-2.0
"""Hosts and requests of the scheduler that are in no database."""

import json

from nova_lite.scheduler import host_state
from nova_lite.scheduler import request as requests

FIELDS = {
    'node_id': 1, 'host': 'cmp1', 'node': 'cmp1', 'hypervisor_type': 'QEMU',
    'hypervisor_version': 8005000,
    'supported_instances': [['x86_64', 'kvm', 'hvm'], ['i686', 'qemu', 'hvm']],
    'disk_available_least': None, 'failed_builds': 0, 'availability_zone': 'nova',
    'disabled': False, 'forced_down': False, 'is_seen': True}
ROOMS = {'DISK_GB': (100, 100, 0), 'MEMORY_MB': (8192, 8192, 0), 'VCPU': (16, 64, 0)}


def host(name='cmp1', *, rooms=None, io_ops=0, **fields):
    """Answer the state of a host.

    :param rooms: class -> (total, capacity, used), for what differs from ROOMS
    """
    fields = {**FIELDS, 'host': name, 'node': name, **fields}
    fields['supported_instances'] = json.dumps(fields['supported_instances'])
    figures = {**ROOMS, **(rooms or {})}
    row = (*fields.values(), *(value for name in sorted(figures) for value in figures[name]))
    return host_state.HostState(row, sorted(figures), io_ops)


def request(**fields):
    """Answer a request for 1024 MB, 1 CPU and 10 GB."""
    amounts = fields.pop('amounts', {'DISK_GB': 10, 'MEMORY_MB': 1024, 'VCPU': 1})
    return requests.Request(amounts=amounts, **fields)
