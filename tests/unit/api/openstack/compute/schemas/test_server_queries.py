# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/compute/schemas/server_queries.py: what each version knows."""

from nova_lite import exception
from nova_lite.api.openstack import microversions
from nova_lite.api.openstack.compute.schemas import server_queries
from tests import base

FIRST = {
    'access_ip_v4', 'access_ip_v6', 'all_tenants', 'auto_disk_config', 'availability_zone',
    'changes-since', 'config_drive', 'created_at', 'deleted', 'description',
    'display_description', 'display_name', 'flavor', 'host', 'hostname', 'image', 'image_ref',
    'ip', 'ip6', 'kernel_id', 'key_name', 'launch_index', 'launched_at', 'limit', 'locked_by',
    'marker', 'name', 'node', 'power_state', 'progress', 'project_id', 'ramdisk_id',
    'reservation_id', 'root_device_name', 'soft_deleted', 'sort_dir', 'sort_key', 'status',
    'task_state', 'tenant_id', 'terminated_at', 'user_id', 'uuid', 'vm_state'}
ADDED = {26: {'tags', 'tags-any', 'not-tags', 'not-tags-any'}, 66: {'changes-before'},
         73: {'locked'}}
SORT_KEYS = {
    'access_ip_v4', 'access_ip_v6', 'auto_disk_config', 'availability_zone', 'config_drive',
    'created_at', 'display_description', 'display_name', 'host', 'hostname', 'image_ref',
    'instance_type_id', 'kernel_id', 'key_name', 'launch_index', 'launched_at', 'locked_by',
    'node', 'power_state', 'progress', 'project_id', 'ramdisk_id', 'root_device_name',
    'task_state', 'terminated_at', 'updated_at', 'user_id', 'uuid', 'vm_state'}


class QueryTest(base.TestCase):

    def schema(self, minor):
        return server_queries.QUERY.at(microversions.Microversion(minor))

    def test_parameters_of_each_version(self):
        expected = set(FIRST)
        for minor in range(1, 105):
            expected |= ADDED.get(minor, set())
            self.assertEqual(expected, set(self.schema(minor).definition['properties']), minor)

    def test_sort_keys_of_each_version(self):
        for minor in range(1, 105):
            keys = self.schema(minor).definition['properties']['sort_key']['items']['enum']
            self.assertEqual(SORT_KEYS | ({'locked'} if minor >= 73 else set()), set(keys), minor)

    def test_what_nobody_knows_is_refused_since_2_75(self):
        for minor in range(1, 105):
            check = self.schema(minor).check
            if minor < 75:
                check({'colour': ['red']})
            else:
                self.assertRaises(exception.ValidationError, check, {'colour': ['red']})
