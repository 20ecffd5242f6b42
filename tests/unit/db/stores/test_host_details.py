# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/host_details.py."""

from nova_lite import exception
from nova_lite.db.stores import host_details, hosts
from tests import base
from tests.fixtures import database, ended, records


class HostDetailsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)

    def test_hosts_with_a_key_or_a_service_are_told_once(self):
        records.compute_host(self.context, 'cmp1')
        for name in ('cmp1', 'cmp2'):
            hosts.join(self.context, name)
        records.compute_host(self.context, 'cmp3')
        self.assertEqual([('cmp1', True, True), ('cmp2', True, False), ('cmp3', False, True)], [
            (row['name'], row['joined'] is not None, row['service'] is not None)
            for row in host_details.overview(self.context)])

    def test_servers_work_and_aggregates_are_counted(self):
        records.compute_host(self.context)
        records.active_server(self.context)
        ended.operation(state='pending', finished_at=None, host='cmp1')
        number = ended.insert('aggregates', uuid='u', name='fast', created_at=ended.BORN_AT)
        ended.insert('aggregate_hosts', aggregate_id=number, host='cmp1')
        row = host_details.get(self.context, 'cmp1')
        self.assertEqual((1, 1, ['fast']), (row['servers'], row['unfinished'], row['aggregates']))

    def test_room_is_told_by_node_and_class(self):
        records.compute_host(self.context)
        self.assertEqual([('cmp1', 'DISK_GB', 100), ('cmp1', 'MEMORY_MB', 8192),
                          ('cmp1', 'VCPU', 16)], [
            (row['node'], row['resource_class'], row['free'])
            for row in host_details.room(self.context, 'cmp1')])
        [node] = host_details.nodes_of(self.context, 'cmp1')
        self.assertEqual('fake', node['hypervisor_type'])

    def test_unknown_host_is_an_error(self):
        self.assertRaises(exception.ComputeHostNotFound, host_details.get, self.context, 'x')
