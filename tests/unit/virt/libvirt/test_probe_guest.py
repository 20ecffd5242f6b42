# SPDX-License-Identifier: Apache-2.0
"""The guests of the trial have the form that firmware and kernels start."""

from nova_lite.virt.libvirt import probe_guest
from tests import base


class ProbeGuestTestCase(base.TestCase):

    def test_sector_is_one_that_firmware_boots(self):
        sector = probe_guest.boot_sector()
        self.assertEqual(512, len(sector))
        self.assertEqual(b'\x55\xaa', sector[-2:])

    def test_far_jump_goes_to_the_64_bit_code(self):
        sector = probe_guest.boot_sector()
        jump = sector.index(b'\xea')
        target = int.from_bytes(sector[jump + 1:jump + 3], 'little')
        self.assertEqual(probe_guest.LOAD_ADDRESS + jump + 5, target)

    def test_program_switches_the_machine_off_and_nothing_else(self):
        program = probe_guest.init_program()
        self.assertEqual(b'\x7fELF', program[:4])
        self.assertIn(b'\x0f\x05', program)

    def test_ramdisk_is_an_archive_with_the_program_alone(self):
        archive = probe_guest.ramdisk()
        self.assertEqual(2, archive.count(b'070701'))
        self.assertEqual(0, len(archive) % 4)
        for name in (b'init\0', b'TRAILER!!!\0'):
            self.assertIn(name, archive)
