# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/servers_admin.py."""

from nova_lite.db.stores import inventories, networks, servers_admin
from nova_lite.network import definition
from tests import base
from tests.fixtures import database, ended, records


class ServersAdminTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context)

    def test_list_has_all_projects_and_no_user_data(self):
        first = records.active_server(self.context)
        second = records.active_server(records.caller('ann', 'other', is_admin=True))
        rows = servers_admin.listing(self.context, filters={})
        self.assertEqual({first['uuid'], second['uuid']}, {row['uuid'] for row in rows})
        self.assertEqual(set(servers_admin.LISTED), set(rows[0]))

    def test_claims_name_the_node(self):
        server = records.active_server(self.context)
        inventories.claim(self.context, [inventories.Claim(server['uuid'], 1, {'VCPU': 2})])
        [row] = servers_admin.claims_of(self.context, server['uuid'])
        self.assertEqual(('cmp1', 'VCPU', 2), (row['host'], row['resource_class'], row['amount']))

    def test_addresses_name_the_network(self):
        networks.create(self.context, definition.define({
            'label': 'private', 'cidr': '10.20.0.0/24', 'bridge': 'br100', 'mtu': 1500}))
        server = records.active_server(self.context, networks='auto')
        [row] = servers_admin.addresses_of(self.context, server['uuid'])
        self.assertEqual(('private', 'cmp1'), (row['network'], row['host']))
        self.assertTrue(row['address'].startswith('10.20.0.'))

    def test_faults_are_told_newest_first(self):
        uuid = ended.deleted_server(self.context, faults=2)
        self.assertEqual(['fault 1', 'fault 0'], [
            row['message'] for row in servers_admin.faults_of(self.context, uuid)])
