# SPDX-License-Identifier: Apache-2.0
"""Servers over HTTP, through all daemons; only the hypervisor is faked."""

from nova_lite.db.stores import flavors
from tests import base
from tests.functional import api_client, world

BODY = {'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1'}


class ServersTest(base.TestCase):
    """What a user sees of boot and delete."""

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World())
        self.admin = self.useFixture(api_client.ApiClient('admin', 'ops'))
        self.api = self.admin.as_user('fred', 'demo')
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1})

    def create(self, version='2.37', networks='none', headers=None, **changes):
        body = {**BODY, **changes}
        if version != '2.1':
            body['networks'] = networks
        answer = self.api.post('/servers', {'server': body}, version=version, headers=headers)
        return answer.json['server']

    def show(self, uuid, version='latest', api=None):
        return (api or self.api).get(f'/servers/{uuid}', version=version).json['server']

    def test_server_goes_from_build_to_active(self):
        made = self.create(metadata={'role': 'db'}, user_data='aGVsbG8=')
        seen = self.show(made['id'])
        self.assertEqual(('BUILD', 'scheduling'), (
            seen['status'], seen['OS-EXT-STS:task_state']))
        self.world.run()
        seen = self.show(made['id'], api=self.admin)
        self.assertEqual(('ACTIVE', None, 1, 'cmp1', {'role': 'db'}), (
            seen['status'], seen['OS-EXT-STS:task_state'], seen['OS-EXT-STS:power_state'],
            seen['OS-EXT-SRV-ATTR:host'], seen['metadata']))

    def test_deleted_server_is_gone_and_leaves_nothing(self):
        made = self.create()
        self.world.run()
        self.api.delete(f'/servers/{made["id"]}')
        self.assertEqual('deleting', self.show(made['id'])['OS-EXT-STS:task_state'])
        self.world.run()
        self.assertEqual(404, self.api.send('GET', f'/servers/{made["id"]}').status)
        self.assertEqual(([], [], 0), (
            self.world.leftovers(), self.world.allocations(), self.world.used()))

    def test_server_that_finds_no_host_says_why(self):
        flavors.create(self.world.admin, {
            'flavorid': '2', 'name': 'huge', 'memory_mb': 49999, 'vcpus': 1, 'root_gb': 1})
        made = self.create(flavorRef='2')
        self.world.run()
        seen = self.show(made['id'])
        self.assertEqual('ERROR', seen['status'])
        self.assertIn('49999 MB needed', seen['fault']['message'])
        self.assertEqual([('conductor_schedule_instances', 'Error')], self.steps(made['id']))

    def steps(self, uuid):
        """Answer (name, result) of the steps of a server's creation, the last one first."""
        path = f'/servers/{uuid}/os-instance-actions'
        [action] = self.admin.get(path).json['instanceActions']
        shown = self.admin.get(f'{path}/{action["request_id"]}').json['instanceAction']
        return [(event['event'], event['result']) for event in shown['events']]

    def test_multi_create_builds_all_or_none(self):
        self.override('quota', instances=-1, cores=-1)
        self.create(min_count=3, max_count=3)
        self.world.run()
        names = {server['name']: server['status'] for server in
                 self.api.get('/servers/detail').json['servers']}
        self.assertEqual(dict.fromkeys(('web-1', 'web-2', 'web-3'), 'ACTIVE'), names)
        self.create(min_count=99, max_count=99, name='many')
        self.world.run()
        many = [server for server in self.api.get('/servers/detail').json['servers']
                if server['name'].startswith('many')]
        self.assertEqual({'ERROR'}, {server['status'] for server in many})
        self.assertEqual([('conductor_schedule_instances', 'Error')], self.steps(many[0]['id']))
        self.assertEqual(3, len(self.world.allocations()))

    def test_failed_build_is_tried_on_another_host(self):
        self.world.start_host('cmp2')
        for process in self.world.hosts.values():
            self.fail_once(process.manager._host.driver)
        made = self.create()
        self.world.run()
        seen = self.show(made['id'], api=self.admin)
        self.assertEqual('ACTIVE', seen['status'])
        self.assertEqual(1, len(self.world.allocations()))
        self.assertEqual([seen['OS-EXT-SRV-ATTR:host']], list(self.world.guests()))

    def fail_once(self, driver):
        """Let the first start of any guest in this world fail."""
        start = driver.start_guest

        def failing(*args):
            if not self.failed:
                self.failed = True
                raise OSError('QEMU is out of breath')
            return start(*args)

        self.failed = False
        driver.start_guest = failing

    def test_build_that_fails_everywhere_ends_in_error_with_the_reason(self):
        def failing(*args):
            raise OSError('QEMU is out of breath')
        self.world.hosts['cmp1'].manager._host.driver.start_guest = failing
        made = self.create()
        self.world.run()
        seen = self.show(made['id'])
        self.assertEqual('ERROR', seen['status'])
        self.assertIn('1 was tried before', seen['fault']['message'])
        self.assertEqual(([], []), (self.world.leftovers(), self.world.allocations()))

    def test_same_idempotency_key_makes_servers_once(self):
        headers = {'Idempotency-Key': 'order-4711'}
        first = self.create(headers=headers)
        again = self.create(headers=headers)
        self.assertEqual(first['id'], again['id'])
        self.assertNotIn('adminPass', again)
        self.assertEqual(1, len(self.api.get('/servers').json['servers']))

    def test_same_idempotency_key_with_another_body_is_refused(self):
        headers = {'Idempotency-Key': 'order-4711'}
        self.create(headers=headers)
        answer = self.api.send('POST', '/servers', {
            'server': {**BODY, 'name': 'other', 'networks': 'none'}},
            version='2.37', headers=headers)
        self.assertEqual(422, answer.status)

    def test_idempotency_key_is_one_users_own(self):
        headers = {'Idempotency-Key': 'order-4711'}
        first = self.create(headers=headers)
        self.api = self.admin.as_user('anna', 'demo')
        self.assertNotEqual(first['id'], self.create(headers=headers)['id'])

    def test_broker_that_is_away_does_not_fail_the_request(self):
        self.world.bus.is_down = True
        made = self.create()
        self.world.bus.is_down = False
        self.world.settle(3)
        self.assertEqual('ACTIVE', self.show(made['id'])['status'])
