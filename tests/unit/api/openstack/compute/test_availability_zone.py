# SPDX-License-Identifier: Apache-2.0
"""Tests of the API of availability zones."""

import datetime

from oslo_utils import fixture as time_fixture

from nova_lite.db.stores import aggregates
from nova_lite.objects import base as objects_base
from tests.fixtures import records
from tests.unit.api.openstack import case


class ZonesTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.clock = self.useFixture(time_fixture.TimeFixture(datetime.datetime(2026, 1, 1)))
        records.controller(self.context)
        for host in ('cmp1', 'cmp2', 'cmp3'):
            records.compute_host(self.context, host)
        made = aggregates.create(self.context, 'rack', 'east')['id']
        aggregates.add_host(self.context, made, 'cmp2')

    def zones(self, path='', client=None):
        shown = (client or self.admin).get(f'/os-availability-zone{path}')
        return shown.json['availabilityZoneInfo']

    def disable(self, host):
        services = objects_base.store('services')
        row = services.get_by_host(self.context, host, 'nova-lite-compute')
        services.update(self.context, row['id'], {'disabled': True})

    def test_everybody_sees_the_zones_and_nobody_their_hosts(self):
        for client in (self.api, self.admin):
            self.assertEqual([
                {'zoneName': 'east', 'zoneState': {'available': True}, 'hosts': None},
                {'zoneName': 'nova', 'zoneState': {'available': True}, 'hosts': None},
            ], self.zones(client=client))

    def test_details_are_hosts_and_services_with_the_zone_of_the_controllers(self):
        self.clock.advance_time_seconds(60)
        records.compute_host(self.context, 'cmp3')
        shown = {zone['zoneName']: zone['hosts'] for zone in self.zones('/detail')}
        silent = {'active': True, 'available': False, 'updated_at': '2026-01-01T00:00:00.000000'}
        heard = {'active': True, 'available': True, 'updated_at': '2026-01-01T00:01:00.000000'}
        self.assertEqual({
            'east': {'cmp2': {'nova-compute': silent}},
            'nova': {'cmp1': {'nova-compute': silent}, 'cmp3': {'nova-compute': heard}},
            'internal': {'controller': {'nova-conductor': silent}}}, shown)

    def test_zone_without_enabled_hosts_is_not_available(self):
        self.disable('cmp2')
        self.disable('cmp3')
        self.assertEqual(
            {'zoneName': 'east', 'zoneState': {'available': False}, 'hosts': None},
            self.zones('/detail')[-1])
        by_name = {zone['zoneName']: zone for zone in self.zones('/detail')}
        self.assertEqual(['cmp1'], list(by_name['nova']['hosts']))
        self.assertEqual([('nova', True), ('east', False)], [
            (zone['zoneName'], zone['zoneState']['available']) for zone in self.zones()])

    def test_names_of_default_and_internal_zone_are_configured(self):
        self.override(default_availability_zone='north', internal_service_availability_zone='ctl')
        self.assertEqual({'east', 'north', 'ctl'}, {
            zone['zoneName'] for zone in self.zones('/detail')})
        self.assertEqual(['east', 'north'], [zone['zoneName'] for zone in self.zones()])

    def test_each_costs_one_statement(self):
        for path in ('', '/detail'):
            with self.database.statements() as sent:
                self.zones(path)
            self.assertEqual(1, len(sent))

    def test_details_are_for_admins(self):
        self.assertEqual(403, self.api.send('GET', '/os-availability-zone/detail').status)

    def test_server_in_a_zone_that_is_not_there_is_refused(self):
        self.make_flavor()
        self.offer_image()
        body = {'name': 'web', 'imageRef': records.IMAGE_ID, 'flavorRef': 'small'}
        for zone in ('moon', 'internal'):
            with self.api.refused(400) as refused:
                self.api.post('/servers', {'server': {**body, 'availability_zone': zone}})
            self.assertEqual(f'The requested availability zone is not available: {zone}',
                             refused[0].message)
        self.api.post('/servers', {'server': {**body, 'availability_zone': 'east'}})
