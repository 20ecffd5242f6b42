# SPDX-License-Identifier: Apache-2.0
"""What dnsmasq is started with, and the file that tells it of the guests."""

from nova_lite import exception
from nova_lite.network.flat_dhcp import plan
from nova_lite.privsep import dnsmasq
from tests import base
from tests.unit.network import nics


class DnsmasqTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory()
        for path in (self.directory, self.directory.parent):
            path.chmod(0o755)
        self.override(networks_path=str(self.directory))

    def network(self, **changes):
        return plan.networks_of([nics.network_info(
            nics.nic_row(1, nics.network_row(**changes)))])[0]

    def test_guests_are_told_the_hosts_dnsmasq_unless_name_servers_are_given(self):
        asked = dnsmasq._command(self.network())
        told = dnsmasq._command(self.network(dns1='192.0.2.53'))

        self.assertNotIn('--port=0', asked)
        self.assertLessEqual({'--port=0', '--dhcp-option=option:dns-server,192.0.2.53'}, set(told))

    def test_name_servers_of_the_host_count_where_the_network_names_none(self):
        self.override(dns_server=['192.0.2.54'])

        self.assertIn('--dhcp-option=option:dns-server,192.0.2.54',
                      dnsmasq._command(self.network()))

    def test_metadata_are_here_even_if_the_gateway_is_another_router(self):
        command = dnsmasq._command(self.network(gateway='10.77.0.254'))

        self.assertIn('--dhcp-option=option:classless-static-route,169.254.169.254/32,10.77.0.1,'
                      '0.0.0.0/0,10.77.0.254', command)

    def test_what_is_written_is_what_is_read(self):
        hosts = {'fa:16:3e:00:00:01': ('10.77.0.3', 'vm1'),
                 'fa:16:3e:00:00:02': ('10.77.0.4', None)}

        dnsmasq.write_hosts(self.network(), hosts)

        self.assertEqual(hosts, dnsmasq.read_hosts('br100'))
        self.assertEqual(['br100'], dnsmasq.known_bridges())

    def test_process_that_is_not_this_dnsmasq_is_left_alone(self):
        dnsmasq.write_hosts(self.network(), {})
        (self.directory / 'br100' / 'pid').write_text('1')

        dnsmasq.stop('br100')

        self.assertFalse(dnsmasq.is_serving(self.network()))

    def test_directory_that_dnsmasq_can_not_reach_is_named(self):
        self.directory.chmod(0o750)

        refused = self.assertRaises(
            exception.NetworkHostFailed, dnsmasq.write_hosts, self.network(), {'x': ('y', None)})

        self.assertIn(f'chmod o+x {self.directory}', str(refused))
