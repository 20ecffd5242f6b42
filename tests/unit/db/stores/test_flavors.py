# SPDX-License-Identifier: Apache-2.0
"""Flavors and their extra specs in a database."""

from nova_lite import exception
from nova_lite.db.stores import flavors
from nova_lite.objects import flavor as flavor_objects
from tests import base
from tests.fixtures import database, records


class FlavorsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.admin = records.caller('admin', 'ops', is_admin=True)
        self.member = records.caller()

    def create(self, flavorid='1', name=None, **changes):
        return flavors.create(self.admin, {
            'flavorid': flavorid, 'name': name or f'm1.{flavorid}', 'memory_mb': 64, 'vcpus': 1,
            'root_gb': 1, **changes})

    def names(self, context=None, filters=None, **paging):
        rows = flavors.list_flavors(context or self.admin, filters=filters or {}, **paging)
        return [row['flavorid'] for row in rows]

    def test_flavor_is_read_as_it_was_created(self):
        self.create('small', extra_specs={'hw:cpu_policy': 'shared'}, swap=512)
        flavor = flavor_objects.Flavor.get_by_flavorid(self.member, 'small')
        self.assertEqual({'hw:cpu_policy': 'shared'}, flavor.extra_specs)
        self.assertEqual((512, 0, 1.0), (flavor.swap, flavor.ephemeral_gb, flavor.rxtx_factor))

    def test_id_and_name_are_taken_once(self):
        self.create('1', name='a')
        self.assertRaises(exception.FlavorIdExists, self.create, '1', name='b')
        self.assertRaises(exception.FlavorExists, self.create, '2', name='a')

    def test_private_flavor_is_for_admins_and_its_projects(self):
        self.create('secret', is_public=False)
        self.assertEqual(['secret'], self.names())
        self.assertEqual([], self.names(self.member))
        self.assertRaises(
            exception.FlavorNotFound, flavors.get_by_flavorid, self.member, 'secret')

    def test_filters_cut_the_list_down(self):
        self.create('1', name='tiny', memory_mb=32)
        self.create('2', name='large%', memory_mb=4096, root_gb=80)
        for filters in ({'min_memory_mb': 33}, {'min_root_gb': 2}, {'name': 'arg'}, {'name': '%'},
                        {'name': '^l.*%$'}):
            self.assertEqual(['2'], self.names(filters=filters), filters)

    def test_pages_follow_each_other_where_values_are_equal(self):
        for number in '12345':
            self.create(number, vcpus=2)
        first = self.names(sort_key='vcpus', limit=2)
        second = self.names(sort_key='vcpus', limit=2, marker=first[-1])
        back = self.names(sort_key='vcpus', sort_dir='desc', marker='3')
        self.assertEqual((['1', '2'], ['3', '4'], ['2', '1']), (first, second, back))

    def test_marker_that_is_not_there_is_refused(self):
        self.assertRaises(exception.MarkerNotFound, self.names, marker='lost')

    def test_list_costs_two_statements_however_long_it_is(self):
        for number in '12345':
            self.create(number, extra_specs={'a': 'b'})
        with self.database.statements() as sent:
            self.names()
        self.assertEqual(2, len(sent))

    def test_extra_specs_are_replaced_by_name(self):
        self.create('1', extra_specs={'a': '1', 'b': '2'})
        flavors.set_extra_specs(self.admin, '1', {'b': '3', 'c': '4'})
        flavors.delete_extra_spec(self.admin, '1', 'a')
        self.assertEqual({'b': '3', 'c': '4'},
                         flavors.get_by_flavorid(self.admin, '1')['extra_specs'])

    def test_what_is_not_there_can_not_be_changed_or_deleted(self):
        self.create('1')
        self.assertRaises(exception.FlavorNotFound, flavors.delete, self.admin, '2')
        self.assertRaises(
            exception.FlavorNotFound, flavors.set_extra_specs, self.admin, '2', {'a': 'b'})
        self.assertRaises(
            exception.FlavorExtraSpecsNotFound, flavors.delete_extra_spec, self.admin, '1', 'a')

    def test_deleted_flavor_takes_its_extra_specs_along(self):
        self.create('1', extra_specs={'a': 'b'})
        flavors.delete(self.admin, '1')
        self.create('1')
        self.assertEqual({}, flavors.get_by_flavorid(self.admin, '1')['extra_specs'])
