# SPDX-License-Identifier: Apache-2.0
"""The flat DHCP backend; called by nova_lite/network/api.py only."""

from oslo_log import log

from nova_lite import privsep
from nova_lite.network.flat_dhcp import plan
from nova_lite.privsep import bridge, dnsmasq, guest_network

LOG = log.getLogger(__name__)


class FlatDHCP:
    """Sets networks and NICs up on this host, by one call to root for each change."""

    def __init__(self, conf):
        self.conf = conf
        privsep.start()

    def plug(self, host_name, network_info):
        """Prepare the host for NICs.

        :returns: False if rules of other guests were found missing
        """
        if not network_info:
            return True
        were_complete = guest_network.plug(
            self._networks([network_info]), plan.nics_of(network_info, host_name))
        if not were_complete:
            LOG.warning('The packet rules of this host were gone, probably flushed by another '
                        'program; all of them are being restored')
        return were_complete

    def unplug(self, network_info):
        """Forget NICs."""
        if not network_info:
            return
        guest_network.unplug(self._networks([network_info]), plan.nics_of(network_info))

    def restore(self, network_infos):
        """Make the host what these servers need, and nothing else."""
        nics = [nic for network_info in network_infos for nic in plan.nics_of(network_info)]
        networks = self._networks(network_infos)
        guest_network.restore(networks, nics)
        LOG.info('Restored %(networks)d network(s) with %(nics)d NIC(s) on this host',
                 {'networks': len(networks), 'nics': len(nics)})

    @staticmethod
    def held():
        """Answer the taps on this product's bridges, and what their dnsmasqs give to whom."""
        bridges = dnsmasq.known_bridges()
        return {
            'taps': sorted(port for name in bridges for port in bridge.ports_of(name)
                           if port.startswith(plan.TAP_PREFIX)),
            'leases': {mac: address for name in bridges
                       for mac, (address, _name) in dnsmasq.read_hosts(name).items()}}

    def _networks(self, network_infos):
        return plan.networks_of(network_infos, flat_interface=self.conf.flat_interface)
