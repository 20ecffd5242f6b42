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
