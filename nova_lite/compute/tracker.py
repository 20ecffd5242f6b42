# SPDX-License-Identifier: Apache-2.0
"""What this host has, told to the conductor.

Totals, reservations and the disk that is really free are the host's to say;
what is used is counted by claims alone.
"""

import os_resource_classes as orc
from oslo_config import cfg
from oslo_log import log

from nova_lite import objects

LOG = log.getLogger(__name__)
CONF = cfg.CONF


def report(context, host):
    """Tell the conductor what the nodes of this host have."""
    nodes = host.driver.nodes()
    objects.ComputeNode.report(context, host.name, [
        report_of(node, host.driver.resources(node)) for node in nodes])
    LOG.debug('Reported the resources of %d node(s)', len(nodes))


def report_of(node, resources):
    """Answer one node's report, plain values."""
    return {
        'hypervisor_hostname': node,
        'hypervisor_type': resources.hypervisor_type,
        'hypervisor_version': resources.hypervisor_version,
        'cpu_arch': resources.cpu_arch,
        'cpu_info': resources.cpu_info,
        'supported_instances': [list(triple) for triple in resources.supported_instances],
        'host_ip': CONF.my_ip,
        'vcpus': resources.vcpus,
        'memory_mb': resources.memory_mb,
        'local_gb': resources.local_gb,
        'disk_available_least': resources.disk_available_least,
        'inventories': inventories_of(resources),
    }


def inventories_of(resources):
    """Answer resource class -> total, reserved, allocation_ratio."""
    return {
        orc.VCPU: {
            'total': resources.vcpus, 'reserved': CONF.reserved_host_cpus,
            'allocation_ratio': CONF.cpu_allocation_ratio or CONF.initial_cpu_allocation_ratio},
        orc.MEMORY_MB: {
            'total': resources.memory_mb, 'reserved': CONF.reserved_host_memory_mb,
            'allocation_ratio': CONF.ram_allocation_ratio or CONF.initial_ram_allocation_ratio},
        orc.DISK_GB: {
            'total': resources.local_gb, 'reserved': -(-CONF.reserved_host_disk_mb // 1024),
            'allocation_ratio': CONF.disk_allocation_ratio or CONF.initial_disk_allocation_ratio},
    }
