# SPDX-License-Identifier: Apache-2.0
"""Nothing but names and numbers of the right shape gets to root."""

import ddt

from nova_lite.privsep import arguments
from tests import base

BAD_DEVICES = ('', '-x', 'br 100', 'br100;', 'br100\n', '../br', 'a/b', 'x' * 16, None, 7, '$(id)')
BAD_MACS = ('', 'fa:16:3e:00:00', 'FA:16:3E:00:00:01', 'fa:16:3e:00:00:01\n', 'fa-16-3e-00-00-01')
BAD_ADDRESSES = ('', '10.0.0', '10.0.0.1/24', '10.0.0.1 }', 'fe80::1', '010.0.0.1', 'x')


@ddt.ddt
class ArgumentsTest(base.TestCase):

    @ddt.data(*BAD_DEVICES)
    def test_what_is_no_device_name_is_refused(self, name):
        self.assertRaises(ValueError, arguments.device, name)

    @ddt.data(*BAD_MACS)
    def test_what_is_no_mac_is_refused(self, address):
        self.assertRaises(ValueError, arguments.mac, address)

    @ddt.data(*BAD_ADDRESSES)
    def test_what_is_no_address_is_refused(self, address):
        self.assertRaises(ValueError, arguments.ipv4, address)

    @ddt.data('10.0.0.1/24', '10.0.0.0/33', 'x', '10.0.0.0/24 }')
    def test_what_is_no_range_is_refused(self, cidr):
        self.assertRaises(ValueError, arguments.ipv4_range, cidr)

    @ddt.data(0, 65536, '1500', None, 1.5)
    def test_what_is_no_mtu_is_refused(self, size):
        self.assertRaises(ValueError, arguments.mtu, size)

    @ddt.data('a,b', 'a\nb', '-a', 'a-', 'a b', 'é', 'x' * 64, '', None)
    def test_host_name_that_dnsmasq_would_misread_is_left_out(self, name):
        self.assertIsNone(arguments.host_name(name))

    def test_unknown_keys_do_not_pass(self):
        nic = {'bridge': 'br100', 'device': 'tap1', 'mac': 'fa:16:3e:00:00:01',
               'addresses': ['10.0.0.3'], 'host_name': 'vm'}

        self.assertEqual(nic, arguments.nic({**nic, 'script': '/tmp/x'}))
