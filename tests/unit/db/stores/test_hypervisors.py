# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/hypervisors.py: what is known of nodes, and by which ids.

Figures and forms as clients see them: tests/unit/api/openstack/compute/test_hypervisors.py.
"""

from oslo_utils import fixture as utils_fixture

from nova_lite import exception
from nova_lite.db.stores import hypervisors, inventories, services
from tests import base
from tests.fixtures import database, records


class HypervisorsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.clock = self.useFixture(utils_fixture.TimeFixture())
        self.context = records.caller(is_admin=True)
        for host in ('cmp1', 'cmp2', 'big%cmp'):
            records.compute_host(self.context, host)

    def names(self, **wanted):
        return [row['hypervisor_hostname'] for row in hypervisors.list_hypervisors(
            self.context, **wanted)]

    def test_nodes_come_in_the_order_of_their_registration_page_by_page(self):
        first, second, _third = hypervisors.list_hypervisors(self.context)
        self.assertEqual(['cmp1', 'cmp2'], self.names(limit=2))
        for marker in (second['id'], second['uuid']):
            self.assertEqual(['big%cmp'], self.names(marker=marker, limit=2))
        self.assertEqual(['cmp2'], self.names(marker=first['id'], limit=1))
        self.assertRaises(exception.MarkerNotFound, self.names, marker=4711)

    def test_part_of_a_name_is_taken_by_the_letter(self):
        self.assertEqual(['cmp1', 'cmp2', 'big%cmp'], self.names(part_of_name='cmp'))
        self.assertEqual(['big%cmp'], self.names(part_of_name='%'))
        self.assertEqual([], self.names(part_of_name='c_p'))

    def test_node_is_found_by_number_and_uuid(self):
        row = hypervisors.list_hypervisors(self.context)[0]
        for known in (row['id'], row['uuid']):
            self.assertEqual(row, hypervisors.get(self.context, known))
        self.assertRaises(exception.HypervisorNotFound, hypervisors.get, self.context, 4711)

    def test_state_is_that_of_the_service(self):
        self.assertTrue(hypervisors.of_host(self.context, 'cmp1')[0]['is_up'])
        self.clock.advance_time_seconds(services.CONF.service_down_time + 1)
        self.assertIs(False, hypervisors.of_host(self.context, 'cmp1')[0]['is_up'])
        self.assertRaises(
            exception.ComputeHostNotFound, hypervisors.of_host, self.context, 'lost')

    def test_node_without_inventory_has_nothing_used(self):
        node = hypervisors.of_host(self.context, 'cmp1')[0]
        with hypervisors.engine.writer() as connection:
            connection.execute(inventories.inventories.delete().where(
                inventories.inventories.c.node_id == node['id']))
        node = hypervisors.of_host(self.context, 'cmp1')[0]
        self.assertEqual([0, 0, 0], [node[name] for name in hypervisors.USED.values()])

    def test_servers_are_told_apart_by_node(self):
        server = records.active_server(self.context, 'cmp2')
        ids = [row['id'] for row in hypervisors.list_hypervisors(self.context)]
        found = hypervisors.servers_of(self.context, ids)
        self.assertEqual([[], [server['uuid']], []], [
            [row['uuid'] for row in found[node_id]] for node_id in ids])

    def test_statistics_of_nothing_are_zero(self):
        for row in services.list_services(self.context):
            services.update(self.context, row['id'], {'disabled': True})
        self.assertEqual({0}, set(hypervisors.statistics(self.context).values()))

    def test_demand_is_that_of_the_flavors_by_project(self):
        records.active_server(self.context, 'cmp1')
        records.active_server(records.caller('eve', 'other'), 'cmp1')
        records.active_server(self.context, 'cmp2')
        self.assertEqual(
            [{'project_id': project, 'cpu': 1, 'memory_mb': 64, 'disk_gb': 1}
             for project in ('demo', 'other')], hypervisors.demand_on_host(self.context, 'cmp1'))
