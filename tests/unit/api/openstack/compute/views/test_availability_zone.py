# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/compute/views/availability_zone.py."""

from nova_lite.api.openstack.compute.views import availability_zone
from tests import base


def row(host='cmp1', binary='nova-lite-compute', zone=None, **changes):
    return {'host': host, 'binary': binary, 'availability_zone': zone, 'disabled': False,
            'is_up': True, 'last_seen_at': None, **changes}


class ZoneViewTest(base.TestCase):

    def names(self, *rows):
        return [(zone['zoneName'], zone['zoneState']['available'])
                for zone in availability_zone.short(rows)]

    def test_zone_is_available_by_one_enabled_service(self):
        self.assertEqual([('nova', True)], self.names(row(disabled=True), row('cmp2')))

    def test_zones_that_are_not_available_come_last(self):
        self.assertEqual([('b', True), ('c', True), ('a', False)], self.names(
            row(zone='c'), row(zone='a', disabled=True), row(zone='b')))

    def test_service_that_is_down_leaves_its_zone_available(self):
        self.assertEqual([('nova', True)], self.names(row(is_up=False)))

    def test_zone_of_the_controllers_is_in_the_details_only(self):
        rows = [row('ctl', 'nova-lite-scheduler'), row('ctl', 'nova-lite-conductor', 'internal')]
        self.assertEqual([], self.names(*rows))
        zone, = availability_zone.detailed(rows)
        self.assertEqual({'nova-scheduler', 'nova-conductor'}, zone['hosts']['ctl'].keys())

    def test_details_leave_out_disabled_services_and_hosts_of_unavailable_zones(self):
        shown = availability_zone.detailed([
            row(), row('cmp2', disabled=True), row('cmp3', zone='a', disabled=True)])
        self.assertEqual([['cmp1'], None], [
            zone['hosts'] and list(zone['hosts']) for zone in shown])
