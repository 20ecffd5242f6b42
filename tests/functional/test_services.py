# SPDX-License-Identifier: Apache-2.0
"""What an operator does to services, and what becomes of the servers."""

from nova_lite import exception
from nova_lite.compute import api
from nova_lite.db.stores import flavors
from nova_lite.states import vm
from tests import base
from tests.fixtures import records
from tests.functional import api_client, world


class ServicesCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.configure()
        self.world = self.useFixture(world.World(('cmp1', 'cmp2')))
        self.admin = self.useFixture(api_client.ApiClient('admin', 'ops'))
        self.api = self.admin.as_user('fred', 'demo')
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1})

    def configure(self):
        """Set options before the daemons start."""

    def create(self, host=None):
        """Ask for a server; answer its uuid."""
        body = {'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'none'}
        where, client = ({'host': host}, self.admin) if host else ({}, self.api)
        return client.post('/servers', {'server': {**body, **where}},
                           version='2.74').json['server']['id']

    def boot(self, host=None):
        """Ask for a server and let it be built; answer its uuid."""
        uuid = self.create(host)
        self.world.run()
        return uuid

    def service(self, host):
        (found,) = self.admin.get(
            f'/os-services?host={host}&binary=nova-compute', version='2.104').json['services']
        return found

    def change(self, host, **body):
        return self.admin.put(
            f'/os-services/{self.service(host)["id"]}', body, version='2.104').json['service']

    def delete_service(self, host):
        path = f'/os-services/{self.service(host)["id"]}'
        return self.admin.send('DELETE', path, version='2.104').status

    def state(self, uuid):
        row = self.world.server(uuid)
        return row['vm_state'], row['host']


class DisableTest(ServicesCase):

    def test_no_new_servers_come_to_a_disabled_host(self):
        self.change('cmp1', status='disabled', disabled_reason='smoke')
        self.assertEqual({'cmp2'}, {self.state(self.boot())[1] for _number in range(4)})
        self.change('cmp2', status='disabled')
        self.assertEqual((vm.ERROR, None), self.state(self.boot()))
        self.change('cmp1', status='enabled')
        self.assertEqual((vm.ACTIVE, 'cmp1'), self.state(self.boot()))

    def test_what_runs_on_a_host_when_it_is_disabled_ends_as_ever(self):
        first = self.boot('cmp1')
        second = self.create('cmp1')
        while self.world.server(second)['host'] is None:
            self.world.bus.pump()
        self.change('cmp1', status='disabled')
        self.world.run()
        self.assertEqual((vm.ACTIVE, 'cmp1'), self.state(second))
        self.admin.delete(f'/servers/{first}')
        self.world.run()
        self.assertEqual({'cmp1': [second]}, self.world.guests())

    def test_host_is_disabled_by_its_name_too(self):
        self.admin.put('/os-hosts/cmp1', {'status': 'disable'})
        self.assertEqual('disabled', self.service('cmp1')['status'])
        self.assertEqual({'cmp2'}, {self.state(self.boot())[1] for _number in range(4)})


class NewServicesTest(ServicesCase):

    def configure(self):
        self.override(enable_new_services=False)

    def test_new_hosts_wait_until_they_are_enabled(self):
        self.assertEqual((vm.ERROR, None), self.state(self.boot()))
        self.change('cmp2', status='enabled')
        self.assertEqual((vm.ACTIVE, 'cmp2'), self.state(self.boot()))
        self.world.kill_host('cmp2')
        self.world.start_host('cmp2')
        self.assertEqual('enabled', self.service('cmp2')['status'])


class ForceDownTest(ServicesCase):

    def test_no_new_servers_come_to_a_host_that_is_forced_down(self):
        self.assertEqual('down', self.change('cmp1', forced_down=True)['state'])
        self.assertEqual({'cmp2'}, {self.state(self.boot())[1] for _number in range(4)})
        self.assertEqual('up', self.change('cmp1', forced_down=False)['state'])

    def test_heartbeats_do_not_bring_it_back(self):
        self.change('cmp1', forced_down=True)
        self.world.pass_time(10)
        self.assertEqual(('down', True), (
            self.service('cmp1')['state'], self.service('cmp1')['forced_down']))

    def test_delete_goes_locally_and_the_host_cleans_up_when_it_is_believed_again(self):
        uuid = self.boot('cmp1')
        self.change('cmp1', forced_down=True)
        self.admin.delete(f'/servers/{uuid}')
        self.world.run()
        self.assertEqual(vm.DELETED, self.world.server(uuid)['vm_state'])
        # The host may still run the guest, so its room stays taken.
        self.assertEqual(({'cmp1': [uuid]}, [uuid]), (
            self.world.guests(), self.world.allocations()))
        self.change('cmp1', forced_down=False)
        self.world.settle()
        self.assertEqual(([], [], [], 0), (
            self.world.leftovers(), self.world.allocations(), self.world.unfinished(),
            self.world.used()))

    def test_delete_that_a_host_has_in_hand_goes_on_without_it_at_once(self):
        uuid = self.boot('cmp1')
        self.world.bus.drop(method='run_operation', host='cmp1')
        self.admin.delete(f'/servers/{uuid}')
        self.world.run()
        self.assertNotEqual(vm.DELETED, self.world.server(uuid)['vm_state'])
        self.change('cmp1', forced_down=True)
        self.world.sweep()
        self.assertEqual(vm.DELETED, self.world.server(uuid)['vm_state'])

    def test_console_of_a_host_that_is_forced_down_is_not_asked_for(self):
        uuid = self.boot('cmp1')
        self.change('cmp1', forced_down=True)
        self.assertRaises(exception.ComputeServiceUnavailable, api.API().console_output,
                          records.caller(is_admin=True), self.world.server(uuid))


class DeleteTest(ServicesCase):

    def test_host_with_servers_keeps_its_service(self):
        uuid = self.boot('cmp1')
        self.assertEqual(409, self.delete_service('cmp1'))
        self.admin.delete(f'/servers/{uuid}')
        self.assertEqual(409, self.delete_service('cmp1'))
        self.world.run()
        self.assertEqual(204, self.delete_service('cmp1'))
        self.assertEqual([], self.admin.get('/os-services?host=cmp1').json['services'])
        self.assertEqual(['cmp2'], [one['hypervisor_hostname'] for one in self.admin.get(
            '/os-hypervisors').json['hypervisors']])

    def test_host_that_is_gone_for_good_leaves_nothing_behind(self):
        aggregate = self.admin.post(
            '/os-aggregates', {'aggregate': {'name': 'fast'}}).json['aggregate']['id']
        self.admin.post(f'/os-aggregates/{aggregate}/action', {'add_host': {'host': 'cmp1'}})
        uuid = self.boot('cmp1')
        self.world.kill_host('cmp1')
        self.world.pass_time(world.TIME_TO_LIVE)
        self.admin.delete(f'/servers/{uuid}')
        self.world.run()
        self.assertEqual([uuid], self.world.allocations())
        self.assertEqual(204, self.delete_service('cmp1'))
        self.world.settle(2)
        self.assertEqual(([], [], 0), (
            self.world.allocations(), self.world.unfinished(), self.world.used()))
        self.assertEqual([], self.admin.get(
            f'/os-aggregates/{aggregate}').json['aggregate']['hosts'])

    def test_host_that_comes_back_registers_anew_and_removes_what_it_still_runs(self):
        uuid = self.boot('cmp1')
        self.world.kill_host('cmp1')
        self.world.pass_time(world.TIME_TO_LIVE)
        self.admin.delete(f'/servers/{uuid}')
        self.world.run()
        self.assertEqual(204, self.delete_service('cmp1'))
        self.assertEqual({'cmp1': [uuid]}, self.world.guests())
        host = self.world.start_host('cmp1')
        with self.world.bus.acting_as(host.who):
            host.manager.cleanup_running_deleted_instances()
        self.assertEqual([], self.world.leftovers())
        self.assertEqual((vm.ACTIVE, 'cmp1'), self.state(self.boot('cmp1')))
