# SPDX-License-Identifier: Apache-2.0
"""Traits of a host, as libvirt and the driver's own abilities make them."""

import libvirt
from lxml import etree

from nova_lite.virt.libvirt import traits
from nova_lite.virt.libvirt.domain import parts
from tests import base

DOMAIN = """
<domainCapabilities>
  <cpu>
    <mode name='host-model' supported='yes'>
      <model fallback='forbid'>Haswell</model><vendor>Intel</vendor>
      <maxphysaddr mode='passthrough'/>
      <feature policy='require' name='ssbd'/><feature policy='disable' name='rtm'/>
    </mode>
  </cpu>
  <devices>
    <disk supported='yes'>
      <enum name='diskDevice'><value>lun</value></enum>
      <enum name='bus'><value>fdc</value><value>scsi</value><value>virtio</value></enum>
    </disk>
    <video supported='yes'>
      <enum name='modelType'><value>vga</value><value>none</value><value>ramfb</value></enum>
    </video>
  </devices>
</domainCapabilities>"""

FLAGS = {'Haswell': ('avx2', 'sse4.1', 'rtm', 'hypervisor'), 'qemu64': ('sse2', 'svm')}


class Connection:
    """libvirt with two models of CPUs."""

    def __init__(self, domain=DOMAIN):
        self.domain = domain

    def getDomainCapabilities(self, emulator, arch, machine, virt_type, flags):
        return self.domain

    def baselineHypervisorCPU(self, emulator, arch, machine, virt_type, texts, flags):
        asked = etree.fromstring(texts[0])
        told = {feature.get('name'): feature.get('policy') for feature in asked.iter('feature')}
        names = {name: 'require' for name in FLAGS[asked.findtext('model')]} | told
        features = ''.join(f"<feature policy='{policy}' name='{name}'/>"
                           for name, policy in names.items())
        return f'<cpu><model>x</model>{features}</cpu>'


class TraitsTest(base.TestCase):

    def read(self, cpu=None, arch='x86_64', connection=None):
        return traits.read(connection or Connection(), virt_type='kvm', arch=arch, cpu=cpu)

    def flags(self, *args, **options):
        return {name.removeprefix('HW_CPU_X86_') for name in self.read(*args, **options)
                if name.startswith('HW_CPU')}

    def of(self, beginning, *args, **options):
        return {name.removeprefix(beginning) for name in self.read(*args, **options)
                if name.startswith(beginning)}

    def test_devices_are_those_that_both_driver_and_hypervisor_know(self):
        self.assertEqual({'SCSI', 'VIRTIO'}, self.of('COMPUTE_STORAGE_BUS_'))
        self.assertEqual({'VIRTIO', 'E1000', 'E1000E', 'RTL8139', 'NE2K_PCI', 'PCNET', 'VMXNET3'},
                         self.of('COMPUTE_NET_VIF_MODEL_'))
        self.assertEqual({'VIRTIO'}, self.of('COMPUTE_NET_VIF_MODEL_', arch='aarch64'))

    def test_graphics_are_there_with_consoles_only(self):
        self.assertEqual({'NONE'}, self.of('COMPUTE_GRAPHICS_MODEL_'))
        self.override('vnc', enabled=True)
        self.assertEqual({'NONE', 'VGA'}, self.of('COMPUTE_GRAPHICS_MODEL_'))

    def test_images_are_those_that_can_be_booted(self):
        self.assertEqual({'QCOW2', 'RAW', 'AKI', 'ARI', 'AMI'}, self.of('COMPUTE_IMAGE_TYPE_'))

    def test_architecture_and_firmware_are_told(self):
        self.assertLessEqual({'COMPUTE_NODE', 'HW_ARCH_X86_64', 'COMPUTE_ARCH_X86_64',
                              'COMPUTE_FIRMWARE_BIOS'}, self.read())
        self.assertNotIn('COMPUTE_FIRMWARE_BIOS', self.read(arch='aarch64'))

    def test_guest_like_the_host_has_the_flags_that_the_hypervisor_gives(self):
        self.assertEqual({'AVX2', 'SSE41', 'INTEL_SSBD'}, self.flags(parts.CPU('host-model')))

    def test_chosen_model_has_its_own_flags_and_those_that_are_configured(self):
        cpu = parts.CPU('custom', 'qemu64', {'svm': 'disable', 'pcid': 'require'})
        self.assertEqual({'SSE2', 'INTEL_PCID'}, self.flags(cpu))

    def test_flags_of_an_unknown_cpu_are_not_claimed(self):
        self.assertEqual(set(), self.flags(None))
        self.assertEqual(set(), self.flags(parts.CPU('host-model'), connection=Connection(
            DOMAIN.replace("'yes'", "'no'"))))
        self.assertEqual(set(), self.flags(parts.CPU('host-model'), arch='aarch64'))

    def test_libvirt_that_can_not_tell_flags_is_no_fault(self):
        connection = Connection()

        def refuse(*_args):
            raise libvirt.libvirtError('this function is not supported')
        connection.baselineHypervisorCPU = refuse
        self.assertEqual(set(), self.flags(parts.CPU('host-model'), connection=connection))

    def test_table_of_flags_leads_to_traits_that_there_are(self):
        ends = {f'HW_CPU_X86_{end}' for ends in traits.OTHER_FLAGS.values() for end in ends}
        self.assertEqual(set(), ends - traits.CPU_TRAITS)
