# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/aggregates.py: who is in which, and what may not be."""

from oslo_utils import fixture as utils_fixture

from nova_lite import exception
from nova_lite.db.stores import aggregates
from nova_lite.objects import base as objects_base
from tests import base
from tests.fixtures import database, records


class AggregatesTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.clock = self.useFixture(utils_fixture.TimeFixture())
        self.context = records.caller(is_admin=True)
        for host in ('cmp1', 'cmp2'):
            records.compute_host(self.context, host)

    def create(self, name='fast', zone=None, hosts=()):
        made = aggregates.create(self.context, name, zone)['id']
        for host in hosts:
            aggregates.add_host(self.context, made, host)
        return made

    def zone(self, host='cmp1'):
        return objects_base.store('services').get_by_host(
            self.context, host, 'nova-lite-compute')['availability_zone']

    def test_aggregate_is_read_as_it_was_made(self):
        made = self.create(zone='east', hosts=['cmp2', 'cmp1'])
        row = aggregates.get(self.context, made)
        self.assertEqual(('fast', ['cmp1', 'cmp2'], {'availability_zone': 'east'}), (
            row['name'], row['hosts'], row['metadata']))
        self.assertEqual([row], aggregates.list_aggregates(self.context))

    def test_name_is_taken_once(self):
        self.create('a')
        other = self.create('b')
        self.assertRaises(exception.AggregateNameExists, self.create, 'a')
        self.assertRaises(exception.AggregateNameExists, aggregates.update, self.context, other,
                          name='a')

    def test_pairs_are_added_changed_and_removed_by_their_key(self):
        made = self.create()
        aggregates.update(self.context, made, pairs={'ssd': 'true', 'rack': '1'})
        row = aggregates.update(self.context, made, pairs={'ssd': None, 'rack': '2', 'x': None})
        self.assertEqual({'rack': '2'}, row['metadata'])

    def test_each_change_moves_the_time_that_the_scheduler_looks_at(self):
        made = self.create()
        for change in (lambda: aggregates.update(self.context, made, pairs={'a': 'b'}),
                       lambda: aggregates.add_host(self.context, made, 'cmp1'),
                       lambda: aggregates.remove_host(self.context, made, 'cmp1'),
                       lambda: aggregates.update(self.context, made, name='new')):
            self.clock.advance_time_seconds(1)
            before = aggregates.get(self.context, made)['updated_at']
            self.assertNotEqual(before, change()['updated_at'])

    def test_hosts_are_known_compute_services_and_in_an_aggregate_once(self):
        made = self.create(hosts=['cmp1'])
        for error, host in ((exception.ComputeHostNotFound, 'lost'),
                            (exception.AggregateHostExists, 'cmp1')):
            self.assertRaises(error, aggregates.add_host, self.context, made, host)
        self.assertRaises(exception.AggregateHostNotFound, aggregates.remove_host, self.context,
                          made, 'cmp2')
        self.assertEqual(['cmp1'], aggregates.get(self.context, made)['hosts'])

    def test_aggregate_that_is_not_there_is_not_found_by_anything(self):
        for change in (lambda: aggregates.get(self.context, 9),
                       lambda: aggregates.update(self.context, 9, name='x'),
                       lambda: aggregates.update(self.context, 9, pairs={'a': 'b'}),
                       lambda: aggregates.add_host(self.context, 9, 'cmp1'),
                       lambda: aggregates.remove_host(self.context, 9, 'cmp1'),
                       lambda: aggregates.delete(self.context, 9)):
            self.assertRaises(exception.AggregateNotFound, change)

    def test_aggregate_with_hosts_is_not_deleted(self):
        made = self.create(hosts=['cmp1'])
        self.assertRaises(exception.AggregateNotEmpty, aggregates.delete, self.context, made)
        aggregates.remove_host(self.context, made, 'cmp1')
        aggregates.delete(self.context, made)
        self.assertEqual([], aggregates.list_aggregates(self.context))

    def test_refused_host_is_not_in_the_aggregate(self):
        self.create('east', 'east', ['cmp1'])
        west = self.create('west', 'west')
        self.assertRaises(exception.AggregateHostZoneRefused, aggregates.add_host, self.context,
                          west, 'cmp1')
        self.assertEqual(([], 'east'), (aggregates.get(self.context, west)['hosts'], self.zone()))

    def test_refused_zone_leaves_the_metadata_as_it_was(self):
        self.create('east', 'east', ['cmp1'])
        other = self.create('other', None, ['cmp1'])
        self.assertRaises(exception.AggregateZoneRefused, aggregates.update, self.context, other,
                          pairs={'availability_zone': 'west', 'ssd': 'true'})
        self.assertEqual({}, aggregates.get(self.context, other)['metadata'])

    def test_list_costs_two_statements_however_long_it_is(self):
        for number in range(5):
            self.create(str(number), 'zone', ['cmp1', 'cmp2'])
        with self.database.statements() as sent:
            self.assertEqual(5, len(aggregates.list_aggregates(self.context)))
        self.assertEqual(2, len(sent))

    def test_change_of_a_zone_costs_the_same_for_any_number_of_hosts(self):
        made = self.create(zone='a', hosts=['cmp1'])
        with self.database.statements() as of_one:
            aggregates.update(self.context, made, pairs={'availability_zone': 'b'})
        for number in range(5):
            records.compute_host(self.context, f'more{number}')
            aggregates.add_host(self.context, made, f'more{number}')
        with self.database.statements() as of_many:
            aggregates.update(self.context, made, pairs={'availability_zone': 'c'})
        self.assertEqual((len(of_one), 'c'), (len(of_many), self.zone('more4')))
