# SPDX-License-Identifier: Apache-2.0
"""Servers that are only asked about."""

from nova_lite import exception
from nova_lite.db.stores import flavors
from nova_lite.scheduler import wish
from tests import base
from tests.fixtures import database, records


class WishTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        flavors.create(self.context, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 512, 'vcpus': 2, 'root_gb': 5,
            'ephemeral_gb': 3, 'extra_specs': {'a': 'b'}})

    def spec(self, **asked):
        return wish.Wish('demo', **asked).spec(self.context)

    def test_flavor_is_taken_but_for_what_is_said(self):
        flavor = self.spec(flavor_id='1', vcpus=4).flavor
        self.assertEqual(('small', 4, 512, 5, {'a': 'b'}), (
            flavor.name, flavor.vcpus, flavor.memory_mb, flavor.root_gb, flavor.extra_specs))
        flavor = self.spec(flavor_id='1', disk_gb=1, extra_specs={}).flavor
        self.assertEqual((1, 0, {}), (flavor.root_gb, flavor.ephemeral_gb, flavor.extra_specs))

    def test_sizes_do_without_a_flavor(self):
        flavor = self.spec(memory_mb=64).flavor
        self.assertEqual((64, 0), (flavor.memory_mb, flavor.vcpus))

    def test_hosts_are_forced_or_named_as_in_a_create_request(self):
        spec = self.spec(vcpus=1, zone='east:cmp1')
        self.assertEqual(('east', ['cmp1'], []), (
            spec.availability_zone, spec.force_hosts, spec.force_nodes))
        spec = self.spec(vcpus=1, host='cmp2')
        self.assertEqual((None, [], 'cmp2'), (
            spec.availability_zone, spec.force_hosts, spec.requested_destination.host))

    def test_hints_become_lists_of_text(self):
        self.assertEqual({'same_host': ['a'], 'x': ['1', '2']}, dict(self.spec(
            vcpus=1, hints={'same_host': 'a', 'x': [1, 2]}).scheduler_hints))

    def test_what_makes_no_request_is_refused(self):
        for asked in ({}, {'vcpus': 0}, {'vcpus': 1, 'zone': 'a:b:c:d'},
                      {'vcpus': 1, 'zone': 'a:b', 'host': 'c'}):
            self.assertRaises(exception.InvalidInput, self.spec, **asked)
        self.assertRaises(exception.FlavorNotFound, self.spec, flavor_id='7')
        self.assertRaises(exception.ImageNotFound, self.spec, vcpus=1, image_id='1' * 36)
