# SPDX-License-Identifier: Apache-2.0
import datetime

from oslo_utils import fixture as time_fixture

from nova_lite.db import engine
from nova_lite.db.models import instance as models
from nova_lite.objects import base as objects_base
from tests.fixtures import records
from tests.unit.api.openstack import case

EVENT = {'event': 'fetch image', 'host': 'cmp1', 'start_time': '2026-01-31T12:00:00.000000',
         'finish_time': '2026-01-31T12:00:01.500000', 'result': 'Error',
         'details': 'disk full', 'traceback': 'Traceback ...'}


class ActionsTestCase(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.clock = self.useFixture(time_fixture.TimeFixture())
        (self.server,), self.operation_id = records.servers(self.context)
        self.path = f'/servers/{self.server["uuid"]}/os-instance-actions'

    def add(self, **columns):
        """Record one more action, a second later than the one before."""
        self.clock.advance_time_delta(datetime.timedelta(seconds=1))
        objects_base.store('actions').start(self.context, [{
            'action': 'reboot', 'instance_uuid': self.server['uuid'], 'operation_id': None,
            **columns}])

    def forget_server(self):
        with engine.writer(None) as connection:
            connection.execute(models.Instance.__table__.update().values(deleted=True))

    def actions(self, query='', version='2.104'):
        return self.api.get(f'{self.path}{query}', version=version).json['instanceActions']


class ListTest(ActionsTestCase):

    def test_fields_of_each_version(self):
        always = {'action', 'instance_uuid', 'request_id', 'user_id', 'project_id',
                  'start_time', 'message'}
        for minor in range(1, 105):
            (action,) = self.actions(version=f'2.{minor}')
            self.assertEqual(always | ({'updated_at'} if minor >= 58 else set()),
                             set(action), minor)
        self.assertEqual(('create', self.context.request_id, 'fred', 'demo', None), (
            action['action'], action['request_id'], action['user_id'], action['project_id'],
            action['message']))

    def test_newest_comes_first(self):
        self.add()
        self.assertEqual(['reboot', 'create'], [each['action'] for each in self.actions()])

    def test_pages_came_with_2_58(self):
        for number in range(2):
            self.add(request_id=f'req-{number}')
        whole = [each['request_id'] for each in self.actions()]
        first = self.api.get(f'{self.path}?limit=2', version='2.58').json
        link = first['links'][0]['href']
        rest = self.api.get(link[link.index('/v2.1'):], version='2.58').json
        self.assertEqual(whole, [each['request_id'] for each in (
            first['instanceActions'] + rest['instanceActions'])])
        self.assertNotIn('links', rest)
        self.assertEqual(3, len(self.actions('?limit=2', '2.57')))

    def test_unknown_parameters_and_markers_are_refused_since_2_58(self):
        self.actions('?colour=red', '2.57')
        for query in ('colour=red', 'marker=req-lost', 'limit=-1', 'changes-since=yesterday'):
            with self.subTest(query=query), self.api.refused(400):
                self.actions(f'?{query}', '2.58')

    def test_changes_of_a_period_are_listed(self):
        self.clock.advance_time_delta(datetime.timedelta(hours=1))
        self.add()
        moment = self.actions()[0]['updated_at']
        self.assertEqual(1, len(self.actions(f'?changes-since={moment}', '2.58')))
        self.assertEqual(2, len(self.actions(f'?changes-before={moment}', '2.66')))
        with self.api.refused(400):
            self.actions(f'?changes-before={moment}', '2.65')
        with self.api.refused(400):
            self.actions(f'?changes-since={moment}&changes-before=2020-01-01T00:00:00Z', '2.66')

    def test_actions_of_deleted_servers_are_shown_since_2_21(self):
        self.forget_server()
        for path in (self.path, f'{self.path}/{self.context.request_id}'):
            with self.api.refused(404):
                self.api.get(path, version='2.20')
            self.api.get(path, version='2.21')
            self.assertEqual(404, self.stranger.send('GET', path, version='2.21').status)

    def test_number_of_statements_is_constant(self):
        with self.database.statements() as few:
            self.actions()
        for _ in range(5):
            self.add()
        with self.database.statements() as many:
            self.actions()
        self.assertEqual((3, 3), (len(few), len(many)))


class ShowTest(ActionsTestCase):

    def setUp(self):
        super().setUp()
        store = objects_base.store('actions')
        action = store.of_operation(self.context, self.operation_id)
        store.add_events(self.context, action['id'], [EVENT])

    def action(self, version, client=None):
        return (client or self.api).get(
            f'{self.path}/{self.context.request_id}', version=version).json['instanceAction']

    def test_events_of_each_version(self):
        owners = {'event', 'start_time', 'finish_time', 'result'}
        steps = {51: (owners, {'traceback'}), 62: (owners | {'hostId'}, {'traceback', 'host'}),
                 84: (owners | {'hostId'}, {'traceback', 'host', 'details'})}
        expected = (None, {*owners, 'traceback'})
        for minor in range(1, 105):
            expected = steps.get(minor, expected)
            action = self.action(f'2.{minor}')
            self.assertEqual(minor >= 58, 'updated_at' in action)
            if expected[0] is None:
                self.assertNotIn('events', action)
            else:
                self.assertEqual(expected[0], set(action['events'][0]), minor)
            seen = set(self.action(f'2.{minor}', self.admin)['events'][0])
            self.assertEqual((expected[0] or set()) | expected[1], seen, minor)

    def test_event_says_what_happened_where_and_when(self):
        (event,) = self.action('2.84', self.admin)['events']
        self.assertEqual(EVENT, {name: event[name] for name in EVENT})
        self.assertEqual(56, len(event['hostId']))

    def test_action_that_is_not_there_is_not_found(self):
        with self.api.refused(404) as refused:
            self.api.get(f'{self.path}/req-lost')
        self.assertEqual('Action for request_id req-lost not found', refused[0].message)

    def test_who_has_no_role_sees_nothing(self):
        self.give_roles()
        for path in (self.path, f'{self.path}/{self.context.request_id}'):
            self.assertEqual(403, self.api.send('GET', path).status)
