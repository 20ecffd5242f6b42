# SPDX-License-Identifier: Apache-2.0
"""Hosts and requests of the scheduler that are in no database."""

import json

from nova_lite.db.stores import scheduling_facts
from nova_lite.scheduler import aggregates, groups, host_state
from nova_lite.scheduler import request as requests

FIELDS = {
    'node_id': 1, 'host': 'cmp1', 'node': 'cmp1', 'hypervisor_version': 8005000,
    'disk_available_least': None, 'failed_builds': 0, 'availability_zone': 'nova'}
FACTS = {
    'supported_instances': [['x86_64', 'kvm', 'hvm'], ['i686', 'qemu', 'hvm']],
    'disabled': False, 'forced_down': False, 'is_seen': True, 'io_ops': 0, 'num_instances': 0,
    'images': ()}
DETAILS = {
    'uuid': 'd' * 36, 'hypervisor_type': 'QEMU', 'host_ip': '10.1.2.3', 'cpu_arch': 'x86_64',
    'cpu_info_text': '{"model": "Skylake", "features": ["avx", "avx512f", "aes"], '
                     '"topology": {"sockets": 2}}',
    'vcpus': 16, 'memory_mb': 8192, 'local_gb': 100,
    'vcpus_used': 3, 'local_gb_used': 20}
ROOMS = {'DISK_GB': (100, 100, 0), 'MEMORY_MB': (8192, 8192, 0), 'VCPU': (16, 64, 0)}


def host(name='cmp1', *, rooms=None, metadata=None, details=None, **changes):
    """Answer the state of a host.

    :param rooms: class -> (total, capacity, used), for what differs from ROOMS
    :param metadata: of the aggregate that it is in; a list of several for several
    :param changes: what differs from FIELDS and FACTS
    """
    fields = {**FIELDS, 'host': name, 'node': name}
    facts = {**FACTS, **{name: value for name, value in changes.items() if name in FACTS}}
    fields.update({name: value for name, value in changes.items() if name not in FACTS})
    figures = {**ROOMS, **(rooms or {})}
    made = host_state.HostState((*fields.values(), *_columns(figures)), sorted(figures))
    made.supported_text = json.dumps(facts.pop('supported_instances'))
    for fact, value in facts.items():
        setattr(made, fact, value)
    if metadata is not None:
        made.aggregates = membership(*(metadata if isinstance(metadata, list) else [metadata]))
    if details is not None:
        made.details = host_state.Details(**{**DETAILS, **details})
    return made


def _columns(figures):
    for name in sorted(figures):
        total, capacity, used = figures[name]
        yield total
        yield None if total is None else capacity - used


def membership(*metadata):
    """Answer what aggregates with these metadata mean for their hosts."""
    return aggregates.Membership(tuple(
        scheduling_facts.AggregateFacts(number, f'aggregate{number}', (), one)
        for number, one in enumerate(metadata, start=1)))


def group(policy, *hosts, **rules):
    """Answer a server group with a member on each of the hosts."""
    return groups.Group(1, policy, rules, hosts)


def request(**fields):
    """Answer a request for 1024 MB, 1 CPU and 10 GB."""
    amounts = fields.pop('amounts', {'DISK_GB': 10, 'MEMORY_MB': 1024, 'VCPU': 1})
    return requests.Request(amounts=amounts, **fields)
