# SPDX-License-Identifier: Apache-2.0
"""Which CPU guests get, by the configuration and by what the host can provide."""

import libvirt

from nova_lite import exception
from nova_lite.virt.libvirt import cpu
from nova_lite.virt.libvirt.disk import cache_mode
from nova_lite.virt.libvirt.domain import parts
from tests import base


class Host:
    """A host that can provide some models."""

    def __init__(self, *models):
        self.models = models

    def call(self, function):
        return function(self)

    def compareHypervisorCPU(self, emulator, arch, machine, virt_type, xml, flags):
        if any(f'>{model}<' in xml for model in self.models):
            return libvirt.VIR_CPU_COMPARE_SUPERSET
        return libvirt.VIR_CPU_COMPARE_INCOMPATIBLE


class CpuTestCase(base.TestCase):

    def choose(self, virt_type, *models):
        return cpu.choose(Host(*models), virt_type, 'x86_64')

    def test_kvm_guests_get_a_model_like_the_host_and_others_the_default(self):
        self.assertEqual(parts.CPU('host-model'), self.choose('kvm'))
        self.assertIsNone(self.choose('qemu'))

    def test_configured_mode_is_taken(self):
        self.override('libvirt', cpu_mode='host-passthrough', cpu_model_extra_flags=['+a', '-b'])
        self.assertEqual(parts.CPU('host-passthrough', None, {'a': 'require', 'b': 'disable'}),
                         self.choose('kvm'))

    def test_first_model_that_the_host_can_provide_is_taken(self):
        self.override('libvirt', cpu_mode='custom', cpu_models=['New', 'Old', 'Oldest'])
        self.assertEqual('Old', self.choose('kvm', 'Old', 'Oldest').model)

    def test_host_that_can_provide_none_of_the_models_is_told(self):
        self.override('libvirt', cpu_mode='custom', cpu_models=['New'])
        error = self.assertRaises(exception.HypervisorUnusable, self.choose, 'kvm', 'Old')
        self.assertIn('New', str(error))


class CacheModeTestCase(base.TestCase):

    def test_configured_mode_is_taken(self):
        self.override('libvirt', disk_cachemodes=['file=writethrough'])
        self.assertEqual('writethrough', cache_mode.choose('/nowhere'))

    def test_mode_that_there_is_not_is_told(self):
        self.override('libvirt', disk_cachemodes=['file=sometimes'])
        self.assertRaises(exception.HypervisorUnusable, cache_mode.choose, '/nowhere')

    def test_cache_is_avoided_where_the_file_system_can_do_without(self):
        directory = self.temporary_directory()
        wanted = 'none' if cache_mode.has_direct_io(directory) else 'writeback'
        self.assertEqual(wanted, cache_mode.choose(directory))
        self.assertEqual([], list(directory.iterdir()))
