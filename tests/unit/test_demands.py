# SPDX-License-Identifier: Apache-2.0
"""What extra specs and image properties ask of a node."""

from nova_lite import demands
from tests import base


class DemandsTest(base.TestCase):

    def test_specs_of_other_namespaces_ask_for_nothing(self):
        self.assertEqual(demands.Demands({}), demands.of_specs(
            {'hw:cpu_policy': 'shared', 'trait': 'x', 'resources:vcpu': '1', 'colour': 'red'},
            {'hw_disk_bus': 'scsi', 'resources:VCPU': '3'}))

    def test_groups_meet_on_the_node(self):
        found = demands.of_specs({
            'resources:VCPU': '1', 'resources1:CUSTOM_FPGA': '1', 'resources_B:CUSTOM_FPGA': '2',
            'resources2:DISK_GB': '0', 'trait1:CUSTOM_A': 'required',
            'trait_B:CUSTOM_C': 'forbidden', 'group_policy': 'none'})
        self.assertEqual(({'VCPU': 1, 'CUSTOM_FPGA': 3, 'DISK_GB': 0}, {'CUSTOM_A'},
                          {'CUSTOM_C'}, ()),
                         (found.amounts, found.required, found.forbidden, found.apart))

    def test_groups_that_take_something_can_not_be_kept_apart(self):
        specs = {'group_policy': 'isolate', 'resources1:CUSTOM_A': '1', 'resources2:VCPU': '0',
                 'resources:VCPU': '1'}
        self.assertEqual((), demands.of_specs(specs).apart)
        self.assertEqual(('1', '3'), demands.of_specs(
            {**specs, 'resources3:CUSTOM_A': '1'}).apart)

    def test_image_asks_for_traits_and_not_for_amounts(self):
        found = demands.of_specs({}, {'trait:CUSTOM_A': 'required', 'trait1:CUSTOM_B': 'required',
                                      'resources:VCPU': '7'})
        self.assertEqual(({}, {'CUSTOM_A'}), (found.amounts, found.required))

    def test_what_means_nothing_is_told(self):
        self.assertEqual(('resources:VCPU', 'trait:CUSTOM_A'), demands.of_specs(
            {'resources:VCPU': 'many', 'trait:CUSTOM_A': 'maybe'}).unreadable)

    def test_amounts_stay_within_what_can_be_counted(self):
        found = demands.of_specs({'resources:VCPU': '9' * 18, 'resources1:VCPU': '1'})
        self.assertEqual(demands.MOST, found.amounts['VCPU'])

    def test_names_are_standard_or_custom(self):
        self.assertTrue(all(map(demands.is_trait, ('HW_CPU_X86_AVX2', 'CUSTOM_A'))))
        self.assertFalse(any(map(demands.is_trait, (
            'HW_CPU_X86_AVX3', 'CUSTOM_', 'CUSTOM_a', 'CUSTOM_' + 'A' * 250))))
        self.assertTrue(all(map(demands.is_resource_class, ('VGPU', 'CUSTOM_FPGA'))))
        self.assertFalse(any(map(demands.is_resource_class, (
            'RAM', 'CUSTOM_', 'CUSTOM_' + 'A' * 60))))
