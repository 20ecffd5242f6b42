# SPDX-License-Identifier: Apache-2.0
from tests.fixtures import ended
from tests.unit.api.openstack import case

OF_OWNER = [{'memory_mb': 512, 'siblings': [[0, 1]], 'vcpu_set': [0, 1]},
            {'memory_mb': 256, 'siblings': [], 'vcpu_set': [2]}]
CELLS = [{**OF_OWNER[0], 'cpu_pinning': {'0': 4, '1': 5}, 'host_node': 1},
         {**OF_OWNER[1], 'cpu_pinning': {}, 'host_node': 0}]


class ServerTopologyTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.uuid = self.make_server()['uuid']
        self.path = f'/servers/{self.uuid}/topology'

    def lay(self):
        ended.change('instances', self.uuid, numa_topology={'cells': CELLS, 'pagesize_kb': 2048})

    def topology(self, client=None):
        return (client or self.api).get(self.path, version='2.78').json

    def test_server_without_numa_nodes_has_none(self):
        self.assertEqual({'nodes': [], 'pagesize_kb': None}, self.topology())
        self.assertEqual({'nodes': [], 'pagesize_kb': None}, self.topology(self.admin))

    def test_owner_sees_the_servers_side(self):
        self.lay()
        self.assertEqual({'nodes': OF_OWNER, 'pagesize_kb': 2048}, self.topology())

    def test_admin_sees_the_hosts_side_too(self):
        self.lay()
        self.assertEqual({'nodes': CELLS, 'pagesize_kb': 2048}, self.topology(self.admin))

    def test_it_came_with_2_78(self):
        self.assertEqual(404, self.api.send('GET', self.path, version='2.77').status)

    def test_number_of_statements(self):
        with self.database.statements() as statements:
            self.topology()
        self.assertEqual(1, len(statements))
