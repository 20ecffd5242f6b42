# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/image/glance/records.py."""

import datetime

from nova_lite import exception
from nova_lite.image import listing
from nova_lite.image.glance import records
from tests import base

ID = '11111111-1111-4111-8111-111111111111'
FOUND = {
    'id': ID, 'name': None, 'status': 'queued', 'visibility': 'shared', 'owner': 'demo',
    'protected': False, 'disk_format': None, 'container_format': None, 'size': None,
    'virtual_size': None, 'checksum': None, 'os_hash_algo': None, 'os_hash_value': None,
    'os_hidden': False, 'min_disk': 0, 'min_ram': 0, 'tags': ['x'], 'self': '/v2/images/1',
    'file': '/v2/images/1/file', 'schema': '/v2/schemas/image', 'stores': 'files',
    'created_at': '2026-01-01T00:00:00Z', 'updated_at': '2026-01-02T00:00:00Z',
    'hw_disk_bus': 'virtio', 'gone': None}


class RecordsTest(base.TestCase):

    def test_properties_are_what_not_every_image_has(self):
        self.assertEqual({'hw_disk_bus': 'virtio'}, records.row_of(FOUND)['properties'])

    def test_image_without_bytes_has_a_name_and_a_size(self):
        row = records.row_of(FOUND)
        self.assertEqual(('', 0, None), (row['name'], row['size'], row['checksum']))

    def test_moments_are_as_the_built_in_store_writes_them(self):
        row = records.row_of(FOUND)
        self.assertEqual(('2026-01-01T00:00:00', '2026-01-02T00:00:00'),
                         (row['created_at'], row['updated_at']))

    def test_new_image_is_described_with_its_properties(self):
        said = records.described({**records.row_of(FOUND), 'id': ID, 'name': 'new'})
        self.assertEqual(('new', 'virtio', 'shared'), (
            said['name'], said['hw_disk_bus'], said['visibility']))
        self.assertNotIn('disk_format', said)
        self.assertNotIn('status', said)

    def test_equal_records_need_no_operation(self):
        row = records.row_of(FOUND)
        self.assertEqual([], records.patch(row, dict(row)))

    def test_fields_and_properties_change(self):
        row = records.row_of(FOUND)
        self.assertEqual([
            {'op': 'replace', 'path': '/name', 'value': 'new'},
            {'op': 'remove', 'path': '/hw_disk_bus'},
            {'op': 'add', 'path': '/a~1b~0', 'value': 'c'},
        ], records.patch(row, {**row, 'name': 'new', 'properties': {'a/b~': 'c'}}))

    def test_no_property_can_be_called_as_a_field(self):
        row = records.row_of(FOUND)
        for name in ('owner', 'tags', 'self'):
            self.assertRaises(exception.InvalidImageProperty, records.patch, row,
                              {**row, 'properties': {name: 'x'}})


class QueryTest(base.TestCase):

    def query(self, **filters):
        return records.query(filters, ('name', 'asc'), None)

    def test_glance_gets_what_it_knows(self):
        self.assertEqual(
            {'name': 'a', 'status': 'active', 'protected': 'true', 'sort': 'name:asc',
             'updated_at': 'gte:2026-01-01T00:00:00Z', 'os_distro': 'debian'},
            self.query(name='a', status='active', protected=True,
                       changes_since=datetime.datetime(2026, 1, 1),
                       **{f'{listing.PROPERTY}os_distro': 'debian'}))

    def test_glance_gets_nothing_that_it_would_read_otherwise(self):
        for filters in ({'name': 'in:a,b'}, {'status': ('queued', 'saving')}, {'min_ram': 5},
                        {f'{listing.PROPERTY}limit': '1'}, {f'{listing.PROPERTY}a': 'in:1,2'},
                        {'status': ('lost',)}, {f'{listing.PROPERTY}owner': 'x'}):
            self.assertEqual({'sort': 'name:asc'}, self.query(**filters), filters)

    def test_one_of_one_is_asked_for(self):
        self.assertEqual('active', self.query(status=('active',))['status'])

    def test_order_that_glance_does_not_know_is_not_asked_for(self):
        self.assertEqual({'marker': ID}, records.query({}, ('min_ram', 'asc'), ID))
