# SPDX-License-Identifier: Apache-2.0
"""Definitions of networks: what is completed, what is refused."""

import ddt

from nova_lite import exception
from nova_lite.network import definition
from tests import base


def wishes(**changes):
    return {'label': 'private', 'cidr': '10.20.0.0/24', 'bridge': 'br100', 'mtu': 1500, **changes}


@ddt.ddt
class DefinitionTest(base.TestCase):

    def test_gateway_is_the_first_address_and_dhcp_server(self):
        row = definition.define(wishes()).row

        self.assertEqual(('10.20.0.1', '10.20.0.1'), (row['gateway'], row['dhcp_server']))

    def test_every_address_for_hosts_is_recorded_once_with_a_lot_of_its_own(self):
        rows = list(definition.define(wishes(cidr='10.20.0.0/28')).address_rows())

        self.assertEqual({f'10.20.0.{number}' for number in range(1, 15)},
                         {row['address'] for row in rows})
        self.assertEqual(set(range(14)), {row['lot'] for row in rows})

    def test_gateway_and_dhcp_server_are_reserved(self):
        made = definition.define(wishes(dhcp_server='10.20.0.9'))

        self.assertEqual(
            {'10.20.0.1', '10.20.0.9'},
            {row['address'] for row in made.address_rows() if row['reserved']})

    def test_addresses_outside_the_allowed_ones_are_reserved(self):
        made = definition.define(wishes(allowed_start='10.20.0.10', allowed_end='10.20.0.12'))

        self.assertEqual(
            {'10.20.0.10', '10.20.0.11', '10.20.0.12'},
            {row['address'] for row in made.address_rows() if not row['reserved']})

    def test_highest_lot_is_free_so_a_search_from_anywhere_finds_one(self):
        rows = list(definition.define(wishes()).address_rows())

        self.assertFalse(max(rows, key=lambda row: row['lot'])['reserved'])

    @ddt.data(
        ({'cidr': '10.20.0.1/24'}, 'the range is 10.20.0.0/24'),
        ({'cidr': '10.20.0.0'}, 'did you mean 10.20.0.0/24'),
        ({'cidr': 'ten'}, 'not a range'),
        ({'cidr': 'fd00::/64'}, 'not IPv4'),
        ({'cidr': '10.0.0.0/8'}, 'wrong size'),
        ({'cidr': '10.0.0.0/30'}, 'wrong size'),
        ({'cidr': '127.0.0.0/24'}, 'can not be used'),
        ({'gateway': '10.21.0.1'}, 'not an address for hosts in'),
        ({'gateway': '10.20.0.0'}, 'not an address for hosts in'),
        ({'gateway': 'x'}, 'is not an IPv4 address'),
        ({'dns1': '8.8.8.8; reboot'}, 'is not an IPv4 address'),
        ({'allowed_start': '10.20.0.9', 'allowed_end': '10.20.0.3'}, 'is after the last'),
        ({'allowed_start': '10.20.0.1', 'allowed_end': '10.20.0.1'}, 'would be left'),
        ({'bridge': 'br 100'}, 'not a name of an interface'),
        ({'bridge': 'averyverylongname'}, 'not a name of an interface'),
        ({'bridge_interface': '-x'}, 'not a name of an interface'),
        ({'label': ' '}, 'not a label'),
        ({'mtu': 100}, 'an MTU is from'),
        ({'uuid': 'x'}, 'not a UUID'),
    )
    @ddt.unpack
    def test_wrong_wish_is_refused_with_what_would_be_right(self, changes, reason):
        refused = self.assertRaises(
            exception.NetworkDefinitionInvalid, definition.define, wishes(**changes))

        self.assertIn(reason, str(refused))

    @ddt.data((set(), 'br100'), ({'br100'}, 'br101'), ({'br100', 'br101'}, 'br102'))
    @ddt.unpack
    def test_next_bridge_is_one_that_no_network_has(self, taken, expected):
        self.assertEqual(expected, definition.next_bridge('br100', taken))
