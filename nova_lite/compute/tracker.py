# SPDX-License-Identifier: Apache-2.0
"""What this host has, told to the conductor.

Totals, reservations, traits and the disk that is really free are the host's to
say; what is used is counted by claims alone.
"""

import os_resource_classes as orc
from oslo_config import cfg
from oslo_log import log

from nova_lite import exception, objects
from nova_lite.compute import provider_config

LOG = log.getLogger(__name__)
CONF = cfg.CONF

LONGEST_UPTIME = 255
"""Letters that the record keeps."""


class Tracker:
    """Reports the nodes of a host.

    :param host: host.Host
    """

    def __init__(self, host):
        self._host = host
        self._files = provider_config.ProviderFiles(CONF.compute.provider_config_location)
        self._uuids = {}

    def read_provider_files(self):
        """Read the provider files.

        :raises ProviderConfigInvalid: if one is wrong
        """
        self._files.load()

    def report(self, context):
        """Tell the conductor what the nodes of this host have."""
        self._files.refresh()
        nodes, uptime = self._host.driver.nodes(), uptime_of(self._host.driver)
        uuids = self._send(context, nodes, uptime)
        if uuids != self._uuids:
            self._uuids = uuids
            if self._files.asks_for_uuids:
                # The first report was made without knowing which node is which.
                self._send(context, nodes, uptime)

    def _send(self, context, nodes, uptime):
        """Answer the uuids that the record has for the nodes."""
        uuids = objects.ComputeNode.report(
            context, self._host.name, [
                {**self._report_of(node), 'uptime': uptime} for node in nodes])
        LOG.debug('Reported the resources of %d node(s)', len(nodes))
        return uuids

    def _report_of(self, node):
        return report_of(
            node, self._host.driver.resources(node), self._host.driver.traits(node),
            self._files.provider_for(node, self._uuids.get(node)))


def uptime_of(driver):
    """Answer since when the host runs; None if nobody can tell."""
    try:
        return driver.uptime()[:LONGEST_UPTIME]
    except exception.UptimeUnknown as error:
        LOG.debug('%s', error)
        return None


def report_of(node, resources, traits=frozenset(), provider=provider_config.NOTHING):
    """Answer one node's report, plain values.

    :param traits: of the hypervisor
    :param provider: what the provider files say of the node
    """
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
        'inventories': inventories_of(node, resources, provider),
        'traits': sorted(traits),
        'provider_traits': sorted(provider.traits),
    }


def inventories_of(node, resources, provider=provider_config.NOTHING):
    """Answer resource class -> total, reserved, allocation_ratio, and units that are not usual.

    What a driver reports itself, no file can change.
    """
    both = sorted(resources.others.keys() & provider.inventories.keys())
    if both:
        LOG.error('The provider file %s has %s of node %s, which the driver reports; the '
                  "driver's figures hold", provider.path, ', '.join(both), node)
    return {
        **provider.inventories, **resources.others,
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
