# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/availability_zones.py: hosts follow their aggregates."""

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import aggregates, availability_zones
from nova_lite.objects import base as objects_base
from tests import base
from tests.fixtures import database, records


class ZonesCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)

    def register(self, host='cmp1', zone=None):
        self.services.register(
            self.context, host=host, binary=availability_zones.COMPUTE, topic='compute', worker=0,
            version=1, availability_zone=zone)

    @property
    def services(self):
        return objects_base.store('services')

    def aggregate(self, zone='east', hosts=('cmp1',)):
        made = aggregates.create(self.context, f'in {zone} {hosts}', zone)['id']
        for host in hosts:
            aggregates.add_host(self.context, made, host)
        return made

    def zone(self, host='cmp1'):
        return self.services.get_by_host(
            self.context, host, availability_zones.COMPUTE)['availability_zone']

    def set_zone(self, aggregate_id, zone):
        aggregates.update(self.context, aggregate_id, pairs={'availability_zone': zone})


class FollowTest(ZonesCase):

    def setUp(self):
        super().setUp()
        self.register()

    def test_host_comes_into_the_zone_of_its_aggregate_and_leaves_with_it(self):
        made = self.aggregate('east')
        self.assertEqual('east', self.zone())
        self.set_zone(made, 'west')
        self.assertEqual('west', self.zone())
        self.set_zone(made, None)
        self.assertIsNone(self.zone())
        self.set_zone(made, 'north')
        aggregates.remove_host(self.context, made, 'cmp1')
        self.assertIsNone(self.zone())

    def test_host_that_starts_again_keeps_the_zone_of_its_aggregate(self):
        self.aggregate('east')
        self.register(zone='nova')
        self.assertEqual('east', self.zone())

    def test_host_that_was_in_an_aggregate_before_it_registers_comes_into_its_zone(self):
        made = self.aggregate('east')
        with engine.writer() as connection:
            connection.execute(aggregates.members.insert().values(aggregate_id=made, host='new'))
        self.register('new', zone='nova')
        self.assertEqual('east', self.zone('new'))

    def test_host_without_aggregate_is_where_it_says(self):
        self.register(zone='own')
        aggregates.create(self.context, 'empty', 'east')
        self.assertEqual('own', self.zone())

    def test_other_services_of_the_host_have_no_part_in_it(self):
        records.controller(self.context, 'cmp1')
        self.aggregate('east')
        records.controller(self.context, 'cmp1')
        self.assertIsNone(self.services.get_by_host(
            self.context, 'cmp1', 'nova-lite-conductor')['availability_zone'])

    def test_two_aggregates_may_give_the_same_zone(self):
        first, second = self.aggregate('east'), self.aggregate('east', ())
        aggregates.add_host(self.context, second, 'cmp1')
        aggregates.remove_host(self.context, first, 'cmp1')
        self.assertEqual('east', self.zone())

    def test_aggregate_without_zone_changes_nothing(self):
        self.register(zone='own')
        self.aggregate(None)
        self.assertEqual('own', self.zone())


class RefusalTest(ZonesCase):

    def setUp(self):
        super().setUp()
        records.compute_host(self.context)

    def test_no_host_is_in_two_zones(self):
        self.aggregate('east')
        error = self.assertRaises(exception.AggregateHostZoneRefused, self.aggregate, 'west')
        self.assertIn('host cmp1 would be in two availability zones, east and west', str(error))
        other = self.aggregate(None)
        self.assertRaises(exception.AggregateZoneRefused, self.set_zone, other, 'west')
        self.set_zone(other, 'east')

    def test_servers_do_not_change_their_zone(self):
        made = self.aggregate('east')
        empty = self.aggregate('nova', ())
        records.active_server(self.context)
        for change, error in (
                (lambda: self.set_zone(made, 'west'), exception.AggregateZoneRefused),
                (lambda: self.set_zone(made, None), exception.AggregateZoneRefused),
                (lambda: aggregates.remove_host(self.context, made, 'cmp1'),
                 exception.AggregateHostZoneRefused)):
            self.assertIn('host cmp1 has servers', str(self.assertRaises(error, change)))
        self.set_zone(made, 'east')
        self.assertRaises(exception.AggregateHostZoneRefused, aggregates.add_host, self.context,
                          empty, 'cmp1')

    def test_host_with_servers_may_come_to_an_aggregate_of_the_zone_that_it_is_in(self):
        records.active_server(self.context)
        self.aggregate('nova')
        self.aggregate(None)
        self.assertRaises(exception.AggregateHostZoneRefused, self.aggregate, 'east')
        self.assertEqual('nova', self.zone())


class AvailableTest(ZonesCase):

    def is_available(self, zone):
        return availability_zones.is_available(self.context, zone)

    def test_zone_is_there_while_it_has_an_enabled_compute_host(self):
        self.register('cmp1')
        self.register('cmp2')
        self.aggregate('east', ('cmp2',))
        records.controller(self.context)
        self.assertEqual([True, True, False, False], [
            self.is_available(zone) for zone in ('nova', 'east', 'west', 'internal')])
        row = self.services.get_by_host(self.context, 'cmp2', availability_zones.COMPUTE)
        self.services.update(self.context, row['id'], {'disabled': True})
        self.assertFalse(self.is_available('east'))
