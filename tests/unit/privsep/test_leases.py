# SPDX-License-Identifier: Apache-2.0
"""Leases of former guests."""

from nova_lite.privsep import leases
from tests import base

HEADER = 'duid 00:01:00:01'
MINE = '1795314754 fa:16:3e:00:00:01 10.77.0.3 vm1 *'
MOVED = '1795314754 fa:16:3e:00:00:02 10.77.0.4 * *'


class LeasesTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.path = self.temporary_directory() / 'leases'
        self.path.write_text(f'{HEADER}\n{MINE}\n{MOVED}\n')

    def test_lease_of_a_guest_that_is_gone_or_has_another_address_is_taken_out(self):
        leases.keep_only(self.path, {'fa:16:3e:00:00:01': ('10.77.0.3', 'vm1'),
                                     'fa:16:3e:00:00:02': ('10.77.0.9', None)})

        self.assertEqual(f'{MINE}\n', self.path.read_text())

    def test_file_with_nothing_to_take_out_is_left_alone(self):
        before = self.path.stat().st_ino

        leases.keep_only(self.path, {'fa:16:3e:00:00:01': ('10.77.0.3', 'vm1'),
                                     'fa:16:3e:00:00:02': ('10.77.0.4', None)})

        self.assertEqual(before, self.path.stat().st_ino)

    def test_first_start_has_no_leases(self):
        self.assertEqual([], leases.read(self.path.with_name('none')))

    def test_release_names_client_address_and_server(self):
        packet = leases.release_of('fa:16:3e:00:00:01', '10.77.0.3', '10.77.0.1')

        self.assertEqual(bytes([10, 77, 0, 3]), packet[12:16])
        self.assertEqual(bytes.fromhex('fa163e000001'), packet[28:34])
        self.assertEqual(bytes([53, 1, 7, 54, 4, 10, 77, 0, 1, 255]), packet[240:])
