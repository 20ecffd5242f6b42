# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/build_placement.py: the zone and the group of new servers."""

from oslo_utils import uuidutils

from nova_lite import exception
from nova_lite.compute.requests import build
from nova_lite.objects import base as objects_base
from tests.fixtures import records
from tests.unit.compute.requests import case


class PlacementCase(case.RequestCase):

    def setUp(self):
        super().setUp()
        self.make_image()

    def create(self, **changes):
        return build.create(self.context, records.request(**changes))


class ZoneTest(PlacementCase):

    def setUp(self):
        super().setUp()
        records.compute_host(self.admin)

    def test_zone_without_a_host_is_refused_and_nothing_is_recorded(self):
        error = self.assertRaises(
            exception.AvailabilityZoneNotFound, self.create, availability_zone='moon')
        self.assertEqual({'zone': 'moon'}, error.kwargs)
        self.assertEqual(0, self.count('instances', 'instances'))

    def test_zone_with_a_host_is_recorded(self):
        row, = self.create(availability_zone='nova')
        self.assertEqual('nova', self.row(row['uuid'])['requested_zone'])

    def test_host_that_is_named_goes_before_its_zone(self):
        for host, node in (('cmp1', None), (None, 'node1')):
            self.create(availability_zone='moon', force_host=host, force_node=node)

    def test_configured_zone_is_asked_for_where_the_user_asks_for_none(self):
        self.override(default_schedule_zone='nova')
        row, = self.create()
        self.assertEqual('nova', self.row(row['uuid'])['requested_zone'])
        self.override(default_schedule_zone='moon')
        self.assertRaises(exception.AvailabilityZoneNotFound, self.create)

    def test_nothing_is_asked_of_the_database_for_no_zone(self):
        row, = self.create()
        self.assertIsNone(self.row(row['uuid'])['requested_zone'])


class HostTest(PlacementCase):

    def setUp(self):
        super().setUp()
        records.compute_host(self.admin, 'cmp1')
        records.compute_host(self.admin, 'cmp2')

    def test_host_that_is_asked_for_has_to_be_there(self):
        for there in ({'requested_host': 'cmp1'}, {'requested_hypervisor': 'cmp2'},
                      {'requested_host': 'cmp1', 'requested_hypervisor': 'cmp1'}):
            self.create(**there)
        for lost in ({'requested_host': 'moon'}, {'requested_hypervisor': 'moon'},
                     {'requested_host': 'cmp1', 'requested_hypervisor': 'cmp2'}):
            self.assertRaises(exception.ComputeHostNotFound, self.create, **lost)


class GroupTest(PlacementCase):

    def setUp(self):
        super().setUp()
        self.groups = objects_base.store('server_groups')
        self.group = self.groups.create(
            self.context, name='web', policy='anti-affinity', rules={})['uuid']

    def test_all_servers_of_a_request_become_members(self):
        rows = self.create(min_count=3, max_count=3, scheduler_hints={'group': self.group})
        self.assertEqual([row['uuid'] for row in rows],
                         self.groups.get(self.context, self.group)['members'])

    def test_group_that_the_project_does_not_have_is_refused_and_nothing_is_recorded(self):
        foreign = self.groups.create(
            records.caller('mallory', 'other'), name='x', policy='affinity', rules={})['uuid']
        for uuid in (foreign, uuidutils.generate_uuid()):
            self.assertRaises(exception.ServerGroupNotFound, self.create,
                              scheduler_hints={'group': uuid})
        self.assertEqual((0, []), (self.count('instances', 'instances'), self.unfinished()))
