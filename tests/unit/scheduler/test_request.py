# SPDX-License-Identifier: Apache-2.0
"""Requests made of specs."""

from nova_lite import objects
from nova_lite.scheduler import request as requests
from tests import base
from tests.fixtures import records


class RequestTest(base.TestCase):

    def request(self, tried=(), **fields):
        return requests.of_spec(objects.RequestSpec(
            project_id='demo', flavor=fields.pop('flavor', records.flavor()), **fields), tried)

    def test_disk_is_root_ephemeral_and_swap_rounded_up(self):
        flavor = records.flavor(root_gb=10, ephemeral_gb=5, swap=1025)
        self.assertEqual(17, self.request(flavor=flavor).amounts['DISK_GB'])

    def test_nothing_is_claimed_of_what_the_flavor_has_none_of(self):
        self.assertEqual({'MEMORY_MB': 64, 'VCPU': 1},
                         self.request(flavor=records.flavor(root_gb=0)).amounts)

    def of_flavor(self, image=None, **specs):
        specs = {key.replace('__', ':'): value for key, value in specs.items()}
        return self.request(flavor=records.flavor(extra_specs=specs), image=image)

    def test_resources_of_extra_specs_count_instead_of_the_flavors(self):
        found = self.of_flavor(resources__VCPU='3', resources__DISK_GB='0',
                               resources1__CUSTOM_FPGA='1', resources2__CUSTOM_FPGA='1')
        self.assertEqual({'VCPU': 3, 'MEMORY_MB': 64, 'CUSTOM_FPGA': 2}, found.amounts)

    def test_server_always_takes_something(self):
        found = self.of_flavor(resources__VCPU='0', resources__DISK_GB='0',
                               resources__MEMORY_MB='0')
        self.assertEqual({'VCPU': 1, 'MEMORY_MB': 64, 'DISK_GB': 1}, found.amounts)

    def test_traits_of_flavor_and_image_add_up(self):
        found = self.of_flavor(
            records.image(properties={'trait:CUSTOM_C': 'required'}),
            trait__CUSTOM_A='required', trait__CUSTOM_B='forbidden')
        self.assertEqual(({'CUSTOM_A', 'CUSTOM_C'}, {'CUSTOM_B'}),
                         (found.traits, found.forbidden_traits))
        self.assertEqual({'CUSTOM_A', 'CUSTOM_B', 'CUSTOM_C'}, found.asked_traits)

    def test_groups_that_must_be_kept_apart_are_kept(self):
        self.assertEqual(('1', '2'), self.of_flavor(
            group_policy='isolate', resources1__VCPU='1', resources2__VCPU='1').apart)

    def test_forced_host_wins_over_a_requested_one(self):
        found = self.request(force_hosts=['cmp1'], requested_destination=objects.Destination(
            host='cmp2', node=None))
        self.assertEqual((frozenset({'cmp1'}), True), (found.hosts, found.forced))

    def test_spec_of_a_recorded_server_keeps_what_was_asked(self):
        instance = objects.Instance(
            project_id='demo', flavor=records.flavor(), image_meta=None, requested_zone='east',
            scheduler_hints={'same_host': 'a', 'different_host': ['b', 'c']})
        spec = objects.RequestSpec.for_instance(None, instance, {
            'requested_host': 'cmp1', 'force_host': None, 'num_instances': 2})
        found = requests.of_spec(spec, [['cmp3', 'n3']])
        self.assertEqual(('east', frozenset({'cmp1'}), False, frozenset({('cmp3', 'n3')})),
                         (found.zone, found.hosts, found.forced, found.tried))
        self.assertEqual({'same_host': ['a'], 'different_host': ['b', 'c']}, found.hints)
