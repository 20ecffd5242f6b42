# SPDX-License-Identifier: Apache-2.0
"""What a real libvirt says of its CPUs and devices, as traits."""

import libvirt

from nova_lite.virt.libvirt import host, traits, virt_type
from nova_lite.virt.libvirt.domain import parts
from tests.live import base


class LibvirtTraitsTest(base.LiveTestCase):

    needs = ('libvirt',)

    def setUp(self):
        super().setUp()
        self.connection = libvirt.open('qemu:///system')
        self.addCleanup(self.connection.close)
        machine = host.Host()
        self.addCleanup(machine.stop)
        self.arch = virt_type.architecture(machine)

    def read(self, cpu=None):
        return traits.read(self.connection, virt_type='qemu', arch=self.arch, cpu=cpu)

    def test_devices_and_images_are_told(self):
        self.assertLessEqual({'COMPUTE_NODE', 'COMPUTE_STORAGE_BUS_VIRTIO',
                              'COMPUTE_NET_VIF_MODEL_VIRTIO', 'COMPUTE_IMAGE_TYPE_QCOW2'},
                             self.read())
        self.assertFalse([name for name in self.read() if name.startswith('HW_CPU')])

    def test_flags_are_those_of_the_model_that_guests_get(self):
        if self.arch != 'x86_64':
            self.skipTest('models of x86 are looked at')
        old = self.read(parts.CPU('custom', 'Nehalem'))
        new = self.read(parts.CPU('custom', 'Haswell-noTSX', {'avx2': 'disable'}))
        self.assertLessEqual({'HW_CPU_X86_SSE42', 'HW_CPU_X86_SSSE3'}, old & new)
        self.assertNotIn('HW_CPU_X86_AVX', old)
        self.assertIn('HW_CPU_X86_AVX', new)
        self.assertNotIn('HW_CPU_X86_AVX2', new)

    def test_guest_like_the_host_has_the_flags_that_the_hypervisor_gives(self):
        if self.arch != 'x86_64':
            self.skipTest('models of x86 are looked at')
        self.assertIn('HW_CPU_X86_SSE2', self.read(parts.CPU('host-model')))
