# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/instance_metadata/network_data.py."""

from nova_lite.instance_metadata import network_data
from tests import base
from tests.fixtures import guests


class TestNetworkData(base.TestCase):

    def test_guest_on_a_network_with_dhcp_is_told_to_ask(self):
        self.assertEqual({
            'links': [{'id': 'tapdddddddd-ee', 'vif_id': guests.NIC, 'type': 'bridge',
                       'mtu': 1450, 'ethernet_mac_address': guests.MAC}],
            'networks': [{'id': 'network0', 'link': 'tapdddddddd-ee',
                          'network_id': guests.NETWORK, 'type': 'ipv4_dhcp'}],
            'services': [{'type': 'dns', 'address': '8.8.4.4'}],
        }, network_data.render([guests.nic()]))

    def test_guest_on_a_network_without_dhcp_is_told_its_address(self):
        static = guests.nic(network=guests.network(dhcp_server=None))
        self.assertEqual([{
            'id': 'network0', 'link': 'tapdddddddd-ee', 'network_id': guests.NETWORK,
            'type': 'ipv4', 'ip_address': '10.0.0.5', 'netmask': '255.255.255.0',
            'routes': [{'network': '0.0.0.0', 'netmask': '0.0.0.0', 'gateway': '10.0.0.1'}],
            'services': [{'type': 'dns', 'address': '8.8.4.4'}],
        }], network_data.render([static])['networks'])

    def test_isolated_network_has_no_route(self):
        static = guests.nic(network=guests.network(dhcp_server=None, gateway=None))
        self.assertEqual([], network_data.render([static])['networks'][0]['routes'])

    def test_networks_are_numbered_over_all_nics_and_name_servers_said_once(self):
        document = network_data.render([guests.nic(), guests.nic('10.0.0.6')])
        self.assertEqual(['network0', 'network1'],
                         [network['id'] for network in document['networks']])
        self.assertEqual(1, len(document['services']))

    def test_server_without_nics_has_an_empty_document(self):
        self.assertEqual({'links': [], 'networks': [], 'services': []}, network_data.render([]))
