# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/compute/views/aggregates.py."""

import datetime

from nova_lite.api.openstack import microversions, wsgi
from nova_lite.api.openstack.compute.views import aggregates
from tests import base

ROW = {'id': 7, 'uuid': 'u', 'name': 'fast', 'updated_at': None, 'hosts': ['cmp1'],
       'created_at': datetime.datetime(2026, 1, 1, 12), 'metadata': {'availability_zone': 'east'}}


class AggregateViewTest(base.TestCase):

    def request(self, minor):
        return wsgi.Request(http=None, version=microversions.Microversion(minor))

    def test_row_is_shown_with_its_zone_twice_and_never_as_deleted(self):
        self.assertEqual({
            'id': 7, 'uuid': 'u', 'name': 'fast', 'availability_zone': 'east',
            'created_at': '2026-01-01T12:00:00.000000', 'updated_at': None,
            'deleted': False, 'deleted_at': None, 'hosts': ['cmp1'],
            'metadata': {'availability_zone': 'east'}}, aggregates.whole(self.request(41), ROW))

    def test_uuid_came_with_2_41(self):
        self.assertNotIn('uuid', aggregates.whole(self.request(40), ROW))

    def test_new_aggregate_is_shown_without_hosts_and_metadata(self):
        whole = aggregates.whole(self.request(41), ROW)
        self.assertEqual({'hosts', 'metadata'},
                         whole.keys() - aggregates.made(self.request(41), ROW).keys())
