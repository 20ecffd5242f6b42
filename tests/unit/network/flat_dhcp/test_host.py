# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/network/flat_dhcp/host.py: what is read without root.

What root does is tested on a network of its own by tests/live/test_network_host.py.
"""

from nova_lite.network.flat_dhcp import host
from nova_lite.privsep import bridge
from tests import base


class HeldTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory()
        self.override(networks_path=str(self.directory / 'networks'))
        self.patch(bridge, 'DEVICES', self.directory / 'devices')

    def make(self, name, hosts, *ports):
        files = self.directory / 'networks' / name
        files.mkdir(parents=True)
        (files / 'hosts').write_text(hosts)
        for port in ports:
            (self.directory / 'devices' / name / 'brif' / port).mkdir(parents=True)

    def test_taps_on_our_bridges_and_what_dhcp_gives_to_whom(self):
        self.make('br100', 'fa:16:3e:00:00:01,10.0.0.5,web\n', 'tap1', 'eth1')
        self.make('br101', 'fa:16:3e:00:00:02,10.1.0.5\n')
        self.assertEqual({
            'taps': ['tap1'],
            'leases': {'fa:16:3e:00:00:01': '10.0.0.5', 'fa:16:3e:00:00:02': '10.1.0.5'},
        }, host.FlatDHCP.held())

    def test_host_without_networks_has_nothing(self):
        self.assertEqual({'taps': [], 'leases': {}}, host.FlatDHCP.held())
