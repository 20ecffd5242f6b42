# SPDX-License-Identifier: Apache-2.0
"""What extra specs (``capabilities:``) and queries (``$name``) can name of a host."""

from nova_lite.db.stores.scheduling_facts import Fact

MB_PER_GB = 1024

NAMES = {
    'host': lambda host: host.host,
    'nodename': lambda host: host.node,
    'hypervisor_hostname': lambda host: host.node,
    'uuid': lambda host: host.details.uuid,
    'host_ip': lambda host: host.details.host_ip,
    'hypervisor_type': lambda host: host.details.hypervisor_type,
    'hypervisor_version': lambda host: host.hypervisor_version,
    'cpu_arch': lambda host: host.details.cpu_arch,
    'cpu_info': lambda host: host.details.cpu_info,
    'supported_instances': lambda host: host.supported_instances,
    'availability_zone': lambda host: host.availability_zone,
    'vcpus_total': lambda host: host.details.vcpus,
    'vcpus_used': lambda host: host.details.vcpus_used,
    'total_usable_ram_mb': lambda host: host.details.memory_mb,
    'free_ram_mb': lambda host: host.free_memory_mb,
    'total_usable_disk_gb': lambda host: host.details.local_gb,
    'free_disk_mb': lambda host: host.free_disk_gb * MB_PER_GB,
    'disk_mb_used': lambda host: (host.details.local_gb_used or 0) * MB_PER_GB,
    'disk_available_least': lambda host: host.disk_available_least,
    'num_instances': lambda host: host.num_instances,
    'num_io_ops': lambda host: host.io_ops,
    'failed_builds': lambda host: host.failed_builds,
}
"""Nova's names."""

NEEDS = {'num_instances': Fact.SERVERS, 'num_io_ops': Fact.WORK,
         'supported_instances': Fact.GUESTS}


def facts_for(names):
    """Answer the facts that must be read for the named attributes."""
    return frozenset({Fact.DETAILS}) | {NEEDS[name] for name in names if name in NEEDS}


def value_of(host, path):
    """Answer an attribute of a host; None if there is none of that name.

    :param path: name, and the keys that lead further into its value
    """
    name, *keys = path
    if name not in NAMES:
        return None
    value = NAMES[name](host)
    for key in keys:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value
