# SPDX-License-Identifier: Apache-2.0
"""The built-in network of a host, with real bridges, dnsmasq, rules and DHCP clients."""

import os
import shutil
import sys

from tests import base
from tests.live import guest_machines
from tests.unit.network import nics

NEEDED = ('ip', 'nft', 'dnsmasq', 'busybox')
ANSWER_WITH_CLIENT = """
import http.server
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.client_address[0].encode())
    def log_message(self, *arguments):
        return
server = http.server.HTTPServer(('0.0.0.0', 8775), Handler)
print('listening', flush=True)
server.serve_forever()
"""


def skip_unless_possible(test):
    """Skip a test on a machine where hosts can't be made of namespaces."""
    if os.geteuid() != 0:
        test.skipTest('only root can make network namespaces')
    for program in NEEDED:
        if shutil.which(program) is None:
            test.skipTest(f'{program} is not installed')
    if guest_machines.run('unshare', '--net', 'true', check=False).returncode:
        test.skipTest('this kernel or container gives no network namespaces')


class NetworkHostTest(base.TestCase):

    time_limit = 120

    def setUp(self):
        super().setUp()
        skip_unless_possible(self)
        self.host = self.useFixture(guest_machines.Host(self.temporary_directory()))
        self.first = ('a', 'first', [nics.nic_row(1)])
        self.second = ('b', 'second', [nics.nic_row(2)])

    def start(self, server):
        """Plug a server and start its guest."""
        self.host.do('plug', server)
        return self.useFixture(guest_machines.Guest(self.host, server[2][0]))

    def test_guest_gets_its_address_and_settings_and_reaches_the_gateway(self):
        guest = self.start(self.first)

        told = guest.ask_for_address()

        self.assertEqual({
            'address': '10.77.0.3', 'router': '10.77.0.1', 'dns': '10.77.0.1', 'mtu': '1450',
            'hostname': 'first', 'domain': 'novalocal'}, told)
        self.assertTrue(guest.pings('10.77.0.1'))

    def test_guest_reaches_the_world_under_the_address_of_the_host(self):
        guest = self.start(self.first)
        guest.ask_for_address()

        with self.host.world.listening(sys.executable, '-c', ANSWER_WITH_CLIENT):
            seen = guest.run('busybox', 'wget', '-q', '-O', '-',
                             f'http://{guest_machines.WORLD}:8775/').stdout

        self.assertEqual(guest_machines.HOST_OUTSIDE, seen)

    def test_metadata_are_asked_for_under_the_address_of_the_guest(self):
        guest = self.start(self.first)
        guest.ask_for_address()

        with self.host.listening(sys.executable, '-c', ANSWER_WITH_CLIENT):
            seen = guest.run('busybox', 'wget', '-q', '-O', '-',
                             'http://169.254.169.254/').stdout

        self.assertEqual('10.77.0.3', seen)

    def test_guests_reach_each_other_but_not_under_other_addresses(self):
        guest, other = self.start(self.first), self.start(self.second)
        guest.ask_for_address()
        other.ask_for_address()
        self.assertTrue(guest.pings('10.77.0.4'))

        guest.run('ip', 'address', 'add', '10.77.0.99/24', 'dev', 'eth0')

        self.assertFalse(guest.pings('10.77.0.4', '-I', '10.77.0.99'))
        self.assertTrue(guest.pings('10.77.0.4', '-I', '10.77.0.3'))

    def test_guest_with_another_mac_is_not_heard(self):
        guest = self.start(self.first)
        guest.ask_for_address()

        guest.run('ip', 'link', 'set', 'eth0', 'address', 'fa:16:3e:00:00:02')

        self.assertFalse(guest.pings('10.77.0.1'))

    def test_guest_can_not_answer_arp_for_the_gateway(self):
        guest, other = self.start(self.first), self.start(self.second)
        guest.ask_for_address()
        other.ask_for_address()

        guest.run('ip', 'address', 'add', '10.77.0.1/32', 'dev', 'eth0')
        guest.run('busybox', 'arping', '-U', '-c', '2', '-I', 'eth0', '10.77.0.1', check=False)

        self.assertTrue(other.pings('10.77.0.1'))
        self.assertIn('fa:16:3f:a4:d1:12', other.run('ip', 'neigh', 'show', '10.77.0.1').stdout)

    def test_guest_can_not_be_a_dhcp_server(self):
        guest = self.start(self.first)
        guest.ask_for_address()
        other = self.start(self.second)
        config = self.temporary_directory() / 'udhcpd.conf'
        config.write_text('interface eth0\nstart 10.77.0.200\nend 10.77.0.210\n'
                          f'lease_file {config}.leases\npidfile {config}.pid\n')

        self.host.run('kill', *self.host.dnsmasq_pids())
        guest.run('busybox', 'udhcpd', '-S', str(config))

        self.assertEqual({}, other.ask_for_address(tries=2))

    def test_stranger_on_the_bridge_gets_no_address(self):
        self.start(self.first)
        stranger = self.useFixture(guest_machines.Guest(self.host, nics.nic_row(9)))

        self.assertEqual({}, stranger.ask_for_address(tries=1))

    def test_address_of_a_deleted_guest_goes_to_the_next_at_once(self):
        guest = self.start(self.first)
        guest.ask_for_address()
        guest.pull_out()
        self.host.do('unplug', self.first)
        heir = ('c', 'heir', [nics.nic_row(7, fixed_ips=[{'address': '10.77.0.3', 'version': 4}])])

        told = self.start(heir).ask_for_address()

        self.assertEqual(('10.77.0.3', 'heir'), (told['address'], told['hostname']))

    def test_restart_of_compute_leaves_dnsmasq_and_guests_alone(self):
        guest = self.start(self.first)
        guest.ask_for_address()
        before = self.host.dnsmasq_pids()

        self.host.do('restore', self.first)
        self.host.do('plug', self.first)

        self.assertEqual(before, self.host.dnsmasq_pids())
        self.assertTrue(guest.pings('10.77.0.1'))

    def test_restart_of_the_host_brings_everything_back(self):
        self.start(self.first).pull_out()
        self.host.run('kill', '-KILL', *self.host.dnsmasq_pids())
        self.host.run('ip', 'link', 'delete', 'br100')
        self.host.run('nft', 'flush', 'ruleset')

        self.host.do('restore', self.first)
        guest = self.useFixture(guest_machines.Guest(self.host, nics.nic_row(1)))

        self.assertEqual('first', guest.ask_for_address()['hostname'])
        self.assertTrue(guest.pings(guest_machines.WORLD))

    def test_running_guest_gets_its_bridge_back(self):
        guest = self.start(self.first)
        guest.ask_for_address()
        self.host.run('ip', 'link', 'delete', 'br100')

        self.host.do('restore', self.first)

        self.assertTrue(guest.pings('10.77.0.1'))
        self.assertEqual('10.77.0.3', guest.ask_for_address()['address'])

    def test_restore_removes_what_no_server_needs(self):
        self.start(self.first)
        elsewhere = nics.network_row(bridge='br200', cidr='10.78.0.0/24', gateway='10.78.0.1',
                                     dhcp_server='10.78.0.1', uuid=nics.NETWORK_UUID[::-1])
        elsewhere['uuid'] = 'aaaaaaaa-5ad0-4b43-9a6e-cbd1f0a4d113'

        self.host.do('restore', ('z', None, [nics.nic_row(1, elsewhere)]))

        self.assertFalse(self.host.succeeds('ip', 'link', 'show', 'br100'))
        self.assertEqual(1, len(self.host.dnsmasq_pids()))
        self.assertEqual(['br200', 'lock'], sorted(os.listdir(self.host.directory / 'networks')))

    def test_rules_of_others_stay_and_flushed_ones_come_back(self):
        self.host.run('nft', '-f', '-', text='add table ip docker')
        self.start(self.first)
        self.host.run('nft', 'delete', 'table', 'bridge', 'nova_lite')

        self.host.do('plug', self.second)

        tables = self.host.run('nft', 'list', 'tables').stdout.split('\n')
        self.assertEqual(['table bridge nova_lite', 'table ip docker', 'table ip nova_lite'],
                         sorted(filter(None, tables)))

    def test_firewall_that_drops_by_default_lets_guests_pass(self):
        if shutil.which('iptables') is None:
            self.skipTest('iptables is not installed')
        for chain in ('INPUT', 'FORWARD'):
            self.host.run('iptables-nft', '-P', chain, 'DROP')

        guest = self.start(self.first)

        self.assertEqual('10.77.0.3', guest.ask_for_address().get('address'))
        self.assertIn('br100', self.host.run('iptables-nft', '-S', 'FORWARD').stdout)

    def test_range_that_the_host_uses_itself_is_refused_with_the_reason(self):
        network = nics.network_row(cidr='198.51.100.0/25', gateway='198.51.100.3',
                                   dhcp_server='198.51.100.3')

        refused = self.assertRaises(
            AssertionError, self.host.do, 'plug', ('a', 'x', [nics.nic_row(1, network)]))

        self.assertIn('overlaps with 198.51.100.1/24 on outside', str(refused))

    def test_nothing_is_left_when_everything_is_cleared(self):
        self.start(self.first).pull_out()
        self.host.do('unplug', self.first)
        self.host.do('unplug', self.first)

        self.host.do('clear')

        self.assertEqual([], self.host.dnsmasq_pids())
        self.assertFalse(self.host.succeeds('ip', 'link', 'show', 'br100'))
        self.assertEqual('', self.host.run('nft', 'list', 'ruleset').stdout)
        self.assertEqual(['lock'], os.listdir(self.host.directory / 'networks'))
