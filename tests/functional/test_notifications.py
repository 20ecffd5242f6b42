# SPDX-License-Identifier: Apache-2.0
"""What other systems are told of, through all daemons; the published samples are made here."""

import datetime

import fixtures

from nova_lite import exception, usage
from nova_lite.db.stores import flavors, networks, notices, notification_outbox
from nova_lite.network import definition
from tests import base
from tests.fixtures import notifications
from tests.functional import api_client, world

ADMIN_PASSWORD = 'do-not-tell-anybody'
USER_DATA = 'c2VjcmV0IHVzZXIgZGF0YQ=='
FILE = 'c2VjcmV0IGZpbGU='
PAGE = base.TOP / 'doc/source/admin/notifications.rst'


class NotificationsCase(base.TestCase):
    """A cloud that tells."""

    options = {'notify_on_state_change': 'vm_and_task_state'}

    def setUp(self):
        super().setUp()
        self.consumer = self.useFixture(notifications.Consumer(**self.options))
        self.world = self.useFixture(world.World())
        self.admin = self.useFixture(api_client.ApiClient('admin', 'ops'))
        self.api = self.admin.as_user('fred', 'demo')
        networks.create(self.world.admin, definition.define({
            'label': 'private', 'cidr': '10.20.0.0/24', 'bridge': 'br100', 'mtu': 1500}))
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1})

    @property
    def driver(self):
        """The hypervisor of the only host."""
        return self.world.hosts['cmp1'].manager._host.driver

    def create(self, version='2.57', **changes):
        made = self.api.post('/servers', {'server': {
            'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'auto',
            **changes}}, version=version)
        return made.json['server']['id']

    def run_and_send(self):
        """Let everything move, then let the conductor send."""
        self.world.run()
        with self.world.bus.acting_as(self.world.conductor.who):
            self.world.conductor.manager.send_notifications()
        return self.consumer.types()

    def actions(self, uuid):
        """Answer the types of a server's messages without changes of state."""
        return [name for name in self.consumer.types(uuid) if name != 'instance.update']


class OfServersTest(NotificationsCase):

    def test_boot_and_delete_are_told_in_their_order(self):
        uuid = self.create()
        self.run_and_send()
        self.api.delete(f'/servers/{uuid}')
        self.run_and_send()
        self.assertEqual(['instance.create.start', 'instance.create.end', 'instance.delete.start',
                          'instance.delete.end'], self.actions(uuid))
        self.assertEqual({'waiting': 0, 'oldest': 0.0},
                         notification_outbox.depth(self.world.admin))

    def test_every_change_of_state_is_told_with_the_state_before(self):
        uuid = self.create()
        self.run_and_send()
        self.api.delete(f'/servers/{uuid}')
        self.run_and_send()
        changes = [message['payload']['nova_object.data']['state_update']['nova_object.data']
                   for message in self.consumer.of_type('instance.update')]
        self.assertEqual(
            [(None, 'building', None, 'scheduling'),
             ('building', 'building', 'scheduling', 'spawning'),
             ('building', 'active', 'spawning', None), ('active', 'active', None, 'deleting'),
             ('active', 'deleted', 'deleting', None)],
            [(change['old_state'], change['state'], change['old_task_state'],
              change['new_task_state']) for change in changes])

    def test_who_asked_and_by_which_request_is_told(self):
        uuid = self.create()
        self.run_and_send()
        told = self.consumer.of_type('instance.create.end')[0]
        data = told['payload']['nova_object.data']
        [action] = self.admin.get(
            f'/servers/{uuid}/os-instance-actions').json['instanceActions']
        self.assertEqual(
            ('fred', 'demo', action['request_id'], 'nova-compute:cmp1', 'INFO'),
            (data['action_initiator_user'], data['action_initiator_project'], data['request_id'],
             told['publisher_id'], told['priority']))

    def test_secrets_are_not_told(self):
        uuid = self.create(version='2.1', adminPass=ADMIN_PASSWORD, user_data=USER_DATA,
                           personality=[{'path': '/etc/key', 'contents': FILE}],
                           networks=[{'uuid': self.network()}])
        self.run_and_send()
        self.api.delete(f'/servers/{uuid}')
        self.run_and_send()
        told = str(self.consumer.messages)
        self.assertIn('instance.create.end', told)
        for secret in (ADMIN_PASSWORD, USER_DATA, FILE, '/etc/key'):
            self.assertNotIn(secret, told)

    def network(self):
        return networks.list_networks(self.world.admin)[0]['uuid']

    def test_build_that_fails_on_a_host_is_told_of_each_host_and_then_given_up(self):
        self.world.start_host('cmp2')
        for process in self.world.hosts.values():
            process.manager._host.driver.start_guest = failing
        uuid = self.create()
        self.run_and_send()
        self.assertEqual(['instance.create.start', 'instance.create.error'] * 2,
                         self.actions(uuid))
        errors = self.consumer.of_type('instance.create.error')
        self.assertEqual({'nova-compute:cmp1', 'nova-compute:cmp2'},
                         {message['publisher_id'] for message in errors})
        fault = errors[0]['payload']['nova_object.data']['fault']['nova_object.data']
        self.assertEqual(('OSError', 'failing', 'ERROR'), (
            fault['exception'], fault['function_name'], errors[0]['priority']))
        [given_up] = self.consumer.of_type('compute_task.build_instances.error')
        self.assertIn('2 were tried before', str(given_up['payload']))

    def test_failed_delete_is_told_as_an_error_of_the_host(self):
        uuid = self.create()
        self.world.run()
        self.driver.destroy = failing
        self.api.delete(f'/servers/{uuid}')
        self.run_and_send()
        self.assertEqual('instance.delete.error', self.actions(uuid)[-1])
        [error] = self.consumer.of_type('compute.exception')
        self.assertEqual(('nova-compute:cmp1', 'ERROR'), (error['publisher_id'], error['priority']))

    def test_delete_without_its_host_starts_and_ends_once(self):
        uuid = self.create()
        self.world.run()
        self.world.kill_host('cmp1')
        self.world.pass_time(world.TIME_TO_LIVE + 5, beating=[self.world.conductor])
        self.api.delete(f'/servers/{uuid}')
        self.run_and_send()
        self.assertEqual(['instance.delete.start', 'instance.delete.end'], self.actions(uuid)[2:])
        self.assertEqual('nova-conductor:controller',
                         self.consumer.of_type('instance.delete.end')[0]['publisher_id'])

    def test_each_server_of_a_multi_create_is_told_of(self):
        self.create(min_count=3, max_count=3)
        self.run_and_send()
        for stage in ('start', 'end'):
            self.assertEqual(3, len(self.consumer.of_type(f'instance.create.{stage}')))

    def test_new_name_is_told_with_the_old_one(self):
        uuid = self.create()
        self.run_and_send()
        self.consumer.messages.clear()
        self.api.put(f'/servers/{uuid}', {'server': {'name': 'db'}})
        self.run_and_send()
        [message] = self.consumer.messages
        data = message['payload']['nova_object.data']
        self.assertEqual(('web', 'db'), (data['old_display_name'], data['display_name']))


class StateChangesAreOnRequestTest(NotificationsCase):

    options = {}

    def test_without_the_option_no_change_of_state_is_told(self):
        uuid = self.create()
        self.assertNotIn('instance.update', self.run_and_send())
        self.api.put(f'/servers/{uuid}/tags', {'tags': ['blue']}, version='2.26')
        self.assertEqual(['instance.update'], self.run_and_send()[-1:])


class DeliveryTest(NotificationsCase):

    def test_broker_that_is_away_delays_and_loses_nothing(self):
        self.consumer.error = exception.BrokerUnavailable(method='notify', recipient='x')
        uuid = self.create()
        self.assertRaises(exception.BrokerUnavailable, self.run_and_send)
        self.assertEqual('active', self.world.server(uuid)['vm_state'])
        waiting = notification_outbox.depth(self.world.admin)['waiting']
        self.consumer.error = None
        self.assertEqual(waiting, len(self.run_and_send()))

    def test_what_was_sent_and_not_removed_comes_again_under_its_id(self):
        self.create()
        with fixtures.MonkeyPatch('nova_lite.db.stores.notification_outbox.remove', no_database):
            self.assertRaises(exception.DatabaseUnavailable, self.run_and_send)
        first = len(self.consumer.messages)
        self.run_and_send()
        ids = [message['message_id'] for message in self.consumer.messages]
        self.assertEqual((ids[:first], 2 * first), (ids[first:], len(ids)))

    def test_change_that_is_rolled_back_is_not_told(self):
        with notices.engine.writer() as connection:
            transaction = connection.begin_nested()
            flavors.delete(self.world.admin, '1')
            transaction.rollback()
        self.assertNotIn('flavor.delete', self.run_and_send())


class SamplesTest(NotificationsCase):
    """An operator's day, all of which is told and published as a sample."""

    def test_everything_told_is_as_the_samples_say(self):
        self.change_servers()
        self.change_flavors()
        self.change_keys_and_groups()
        self.change_aggregates()
        self.change_services()
        self.fail()
        self.run_and_send()
        wrong = []
        for event_type in dict.fromkeys(self.consumer.types()):
            made = notifications.sample_of(self.consumer.of_type(event_type)[0])
            if notifications.WRITES:
                notifications.write(made)
            if made != notifications.read(event_type):
                wrong.append(event_type)
        self.assertEqual([], wrong, 'look at what changed, then OS_WRITE_SAMPLES=1')
        self.assertEqual({path.stem for path in notifications.SAMPLES.glob('*.json')},
                         {name.replace('.', '-') for name in self.consumer.types()})
        self.check_all_objects()
        page = PAGE.read_text(encoding='utf-8')
        self.assertEqual([], [name for name in self.consumer.types() if f'``{name}``' not in page])

    def check_all_objects(self):
        """Not only the first of each type: all have the fields of their version."""
        known = notifications.published()
        for message in self.consumer.messages:
            for name, version, fields in notifications.objects_in(message['payload']):
                self.assertIn((version, fields), known[name])

    def change_servers(self):
        self.api.post('/os-keypairs', {'keypair': {'name': 'mine'}}, version='2.1')
        uuid = self.create(version='2.57', key_name='mine', tags=['blue'],
                           metadata={'role': 'web'})
        self.world.run()
        self.api.put(f'/servers/{uuid}', {'server': {'name': 'db'}})
        for body in ({'lock': {'locked_reason': 'busy'}}, {'unlock': None}):
            self.api.post(f'/servers/{uuid}/action', body, version='2.73')
        notices.existed(self.world.admin, usage.Period(
            datetime.datetime(2025, 12, 1), datetime.datetime(2026, 1, 1)), lambda: [uuid])
        self.api.delete(f'/servers/{uuid}')
        self.world.run()

    def change_flavors(self):
        self.admin.post('/flavors', {'flavor': {
            'id': '7', 'name': 'private', 'ram': 64, 'vcpus': 1, 'disk': 1,
            'os-flavor-access:is_public': False}})
        self.admin.post('/flavors/7/action', {'addTenantAccess': {'tenant': 'demo'}})
        self.admin.delete('/flavors/7')

    def change_keys_and_groups(self):
        shown = self.api.get('/os-keypairs/mine', version='2.1').json['keypair']
        self.api.post('/os-keypairs', {'keypair': {
            'name': 'again', 'public_key': shown['public_key']}}, version='2.1')
        self.api.delete('/os-keypairs/again', version='2.1')
        group = self.api.post('/os-server-groups', {'server_group': {
            'name': 'apart', 'policy': 'anti-affinity'}}, version='2.64').json['server_group']
        self.api.post('/servers', {'server': {
            'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'none'},
            'os:scheduler_hints': {'group': group['id']}}, version='2.64')
        self.world.run()
        self.api.delete(f'/os-server-groups/{group["id"]}')

    def change_aggregates(self):
        path = '/os-aggregates'
        made = self.admin.post(path, {'aggregate': {'name': 'fast'}}).json['aggregate']
        path = f'{path}/{made["id"]}'
        self.admin.post(f'{path}/action', {'add_host': {'host': 'cmp1'}})
        self.admin.post(f'{path}/action', {'set_metadata': {'metadata': {'ssd': 'true'}}})
        self.admin.put(path, {'aggregate': {'name': 'faster'}})
        self.admin.post(f'{path}/images', {'cache': [{'id': world.IMAGE_ID}]}, version='2.81')
        self.world.run()
        self.admin.post(f'{path}/action', {'remove_host': {'host': 'cmp1'}})
        self.admin.delete(path)

    def change_services(self):
        self.world._register('old', 'nova-lite-compute', 'compute')
        [service] = self.admin.get('/os-services?host=old', version='2.53').json['services']
        self.admin.put(f'/os-services/{service["id"]}', {
            'status': 'disabled', 'disabled_reason': 'too old'}, version='2.53')
        self.admin.delete(f'/os-services/{service["id"]}', version='2.53')

    def fail(self):
        uuid = self.create()
        self.world.run()
        self.driver.destroy = self.driver.start_guest = failing
        self.api.delete(f'/servers/{uuid}')
        self.create()
        self.world.run()


def no_database(*args):
    raise exception.DatabaseUnavailable()


def failing(*args):
    raise OSError('QEMU is out of breath')
