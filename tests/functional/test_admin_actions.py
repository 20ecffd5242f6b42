# SPDX-License-Identifier: Apache-2.0
"""What admins and other services do with servers, through all daemons."""

from nova_lite.db.stores import flavors, networks
from nova_lite.network import definition
from nova_lite.states import power
from tests import base
from tests.functional import api_client, world

EVENTS = '/os-server-external-events'


class AdminActionsCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World())
        self.admin = self.useFixture(api_client.ApiClient('admin', 'ops'))
        self.api = self.admin.as_user('fred', 'demo')
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1})
        networks.create(self.world.admin, definition.define({
            'label': 'private', 'cidr': '10.20.0.0/24', 'bridge': 'br0', 'mtu': 1500}))
        self.uuid = self.api.post('/servers', {'server': {
            'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'auto'}},
            version='2.37').json['server']['id']

    def shown(self):
        server = self.api.get(f'/servers/{self.uuid}', version='2.73').json['server']
        return server['status'], server['OS-EXT-STS:task_state']

    def delete_and_look(self):
        """Delete the server; answer what is left of it."""
        self.api.delete(f'/servers/{self.uuid}')
        self.world.run()
        return (self.world.leftovers(), self.world.allocations(), self.world.used(),
                self.world.unfinished())


class ResetStateTest(AdminActionsCase):

    def reset(self):
        self.admin.post(f'/servers/{self.uuid}/action', {'os-resetState': {'state': 'error'}})

    def test_build_that_was_reset_does_not_come_back(self):
        self.reset()
        self.world.run()
        self.assertEqual(('ERROR', None), self.shown())
        self.assertEqual([], self.world.unfinished())
        self.assertEqual(([], [], 0, []), self.delete_and_look())

    def test_build_that_is_reset_on_its_host_leaves_nothing_after_a_delete(self):
        def reset(method, moment, _arguments):
            if (method, moment) == ('create_disks', 'after'):
                with self.world.asking():
                    self.reset()
        self.world.hosts['cmp1'].manager._host.driver.disturbance.hooks.append(reset)
        self.world.run()
        self.assertEqual(('ERROR', None), self.shown())
        self.assertEqual([], self.world.unfinished())
        self.assertEqual(([], [], 0, []), self.delete_and_look())


    def test_one_of_several_that_was_reset_keeps_no_other_back(self):
        self.delete_and_look()
        self.api.post('/servers', {'server': {
            'name': 'many', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'auto',
            'min_count': 3}}, version='2.37')
        self.uuid, *others = [server['id'] for server in self.api.get('/servers').json['servers']]
        self.reset()
        self.world.run()
        self.world.settle()
        self.assertEqual(('ERROR', None), self.shown())
        self.assertEqual([], self.world.unfinished())
        for uuid in others:
            server = self.api.get(f'/servers/{uuid}').json['server']
            self.assertEqual('ACTIVE', server['status'])
            self.api.delete(f'/servers/{uuid}')
        self.assertEqual(([], [], 0, []), self.delete_and_look())


class ExternalEventsTest(AdminActionsCase):

    def setUp(self):
        super().setUp()
        self.world.run()
        self.host = self.world.hosts['cmp1'].manager._host

    def tell(self, name, **fields):
        with self.world.asking():
            answer = self.admin.post(EVENTS, {'events': [
                {'server_uuid': self.uuid, 'name': name, **fields}]}, version='2.76')
        self.world.run()
        return answer.status

    def test_host_sets_the_network_of_its_server_up_again(self):
        taps = self.host.network.held()['taps']
        self.host.network._backend.taps.clear()
        self.assertEqual(200, self.tell('network-changed'))
        self.assertEqual((1, taps), (len(taps), self.host.network.held()['taps']))

    def test_host_looks_at_its_guest(self):
        self.host.driver.change_guest(self.uuid, power.SHUTDOWN)
        self.tell('power-update', tag='POWER_OFF')
        self.assertEqual(('SHUTOFF', None), self.shown())

    def test_event_of_a_server_that_is_being_deleted_leaves_nothing(self):
        self.api.delete(f'/servers/{self.uuid}')
        self.tell('network-vif-plugged')
        self.assertEqual(([], []), (self.world.leftovers(), self.host.network.held()['taps']))
