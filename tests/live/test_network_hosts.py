# SPDX-License-Identifier: Apache-2.0
"""One flat network on two hosts that are joined by a wire."""

from tests import base
from tests.live import guest_machines, test_network_host
from tests.unit.network import nics


class TwoHostsTest(base.TestCase):

    time_limit = 120

    def setUp(self):
        super().setUp()
        test_network_host.skip_unless_possible(self)
        self.hosts = [self.useFixture(guest_machines.Host(self.temporary_directory()))
                      for _number in range(2)]
        first, second = self.hosts
        first.run('ip', 'link', 'add', 'wire', 'type', 'veth', 'peer', 'name', 'wire',
                  'netns', second.name)
        for host in self.hosts:
            host.run('ip', 'link', 'set', 'wire', 'up')
            host.options['flat_interface'] = 'wire'

    def start_guests(self):
        """Start a guest on each host; answer them with what DHCP told them."""
        guests = []
        for number, host in enumerate(self.hosts, 1):
            nic = nics.nic_row(number)
            host.do('plug', (f'{number}', f'vm{number}', [nic]))
            guests.append(self.useFixture(guest_machines.Guest(host, nic)))
        return guests, [guest.ask_for_address() for guest in guests]

    def test_guests_of_two_hosts_reach_each_other_and_each_its_own_gateway(self):
        guests, told = self.start_guests()

        self.assertEqual(['10.77.0.3', '10.77.0.4'], [answer['address'] for answer in told])
        self.assertTrue(guests[0].pings('10.77.0.4'))
        self.assertTrue(all(guest.pings('10.77.0.1') for guest in guests))

    def test_guest_whose_host_has_no_dnsmasq_is_not_answered_by_the_other(self):
        guests, _told = self.start_guests()
        self.hosts[0].run('kill', *self.hosts[0].dnsmasq_pids())
        self.hosts[1].do('plug', ('1', 'vm1', [nics.nic_row(1)]))

        self.assertEqual({}, guests[0].ask_for_address(tries=1))

    def test_gateway_of_the_other_host_is_never_the_one_that_answers(self):
        guests, _told = self.start_guests()
        self.hosts[0].run('ip', 'address', 'flush', 'dev', 'br100')

        self.assertFalse(guests[0].pings('10.77.0.1'))

    def test_interface_with_an_address_of_the_host_is_refused(self):
        self.hosts[0].run('ip', 'address', 'add', '203.0.113.1/24', 'dev', 'wire')

        refused = self.assertRaises(
            AssertionError, self.hosts[0].do, 'plug', ('1', 'vm1', [nics.nic_row(1)]))

        self.assertIn('interface wire has an address', str(refused))
