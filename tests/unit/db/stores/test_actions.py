# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/actions.py: who asked for what, and how it went."""

import datetime

from oslo_utils import fixture as utils_fixture
from oslo_utils import timeutils

from nova_lite import exception, objects
from nova_lite.db.stores import actions, server_details
from nova_lite.states import vm
from tests import base
from tests.fixtures import database, records

START = datetime.datetime(2026, 1, 1)


class ActionsTest(base.TestCase):
    """A server whose build is operation ``operation_id``."""

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.clock = self.useFixture(utils_fixture.TimeFixture(START))
        self.context = records.caller(request_id='req-create')
        (self.server,), self.operation_id = records.servers(self.context)
        self.uuid = self.server['uuid']
        self.action_id = actions.of_operation(self.context, self.operation_id)['id']

    def ask(self, name, request_id):
        """Record another action, a second later."""
        self.clock.advance_time_seconds(1)
        actions.start(records.caller(request_id=request_id), [
            {'action': name, 'instance_uuid': self.uuid, 'operation_id': None}])

    def listed(self, **paging):
        return [row['request_id'] for row in actions.list_actions(
            self.context, self.uuid, **paging)]

    def step(self, name, seconds=0, **known):
        moment = (START + datetime.timedelta(seconds=seconds)).isoformat()
        return {'event': name, 'start_time': moment, **known}

    def events(self):
        action = actions.get_action(self.context, self.uuid, 'req-create')
        return actions.list_events(self.context, action['id'])

    def test_actions_are_listed_newest_first_in_pages(self):
        for number in range(3):
            self.ask('reboot', f'req-{number}')
        self.assertEqual(['req-2', 'req-1', 'req-0', 'req-create'], self.listed())
        self.assertEqual(['req-2', 'req-1'], self.listed(limit=2))
        self.assertEqual(['req-0', 'req-create'], self.listed(limit=2, marker='req-1'))

    def test_marker_of_another_server_is_not_found(self):
        self.assertRaises(exception.MarkerNotFound, self.listed, marker='req-lost')

    def test_actions_are_limited_by_the_time_of_their_last_change(self):
        self.ask('reboot', 'req-1')
        changed = START + datetime.timedelta(seconds=1)
        self.assertEqual(['req-1'], self.listed(changes_since=changed))
        self.assertEqual(['req-create'], self.listed(
            changes_before=changed - datetime.timedelta(microseconds=1)))
        actions.close(self.context, self.operation_id, None)
        self.assertEqual({'req-1', 'req-create'}, set(self.listed(changes_since=changed)))

    def test_newest_action_of_a_request_is_found(self):
        self.ask('reboot', 'req-create')
        found = actions.get_action(self.context, self.uuid, 'req-create')
        self.assertEqual('reboot', found['action'])
        self.assertRaises(exception.InstanceActionNotFound, actions.get_action, self.context,
                          self.uuid, 'req-lost')

    def test_steps_are_listed_newest_first_with_their_times(self):
        actions.add_events(self.context, self.action_id, [
            self.step('first', 0, finish_time=(START + datetime.timedelta(
                milliseconds=1500)).isoformat(), result='Success', host='cmp1'),
            self.step('second', 2)])
        second, first = self.events()
        self.assertEqual(('second', None, None), (
            second['event'], second['finish_time'], second['result']))
        self.assertEqual((1.5, 'Success', 'cmp1'), (
            (first['finish_time'] - first['start_time']).total_seconds(), first['result'],
            first['host']))

    def test_steps_of_an_internal_operation_are_not_kept(self):
        actions.add_events(self.context, None, [self.step('lost')])
        self.assertEqual([], self.events())
        self.assertIsNone(actions.of_operation(self.context, 4711))

    def test_action_is_closed_with_its_last_steps(self):
        actions.finish(self.context, self.action_id, objects.Outcome(
            vm_state=vm.ERROR, fault={'code': 500, 'message': 'm' * 300},
            events=[self.step('last')]))
        action = actions.of_operation(self.context, self.operation_id)
        self.assertEqual(('m' * 255, START), (action['message'], action['finish_time']))
        self.assertEqual(['last'], [event['event'] for event in self.events()])

    def test_action_that_went_well_has_no_message(self):
        actions.finish(self.context, self.action_id, objects.Outcome(vm_state=vm.ACTIVE))
        self.assertIsNone(actions.of_operation(self.context, self.operation_id)['message'])

    def test_last_fault_is_the_one_that_is_shown(self):
        for message in ('first', 'x' * 300):
            actions.record_fault(self.context, self.uuid, {
                'code': 500, 'message': message, 'details': 'd', 'host': 'cmp1'})
        row = dict(self.server, vm_state=vm.ERROR)
        server_details.complete(self.context, [row], with_fault={vm.ERROR}, with_service=False)
        self.assertEqual(('x' * 255, 'd', 'cmp1'), tuple(
            row['fault'][name] for name in ('message', 'details', 'host')))

    def test_wait_for_a_host_is_a_step_that_has_not_ended(self):
        actions.note_wait(self.context, self.operation_id, 'cmp1')
        event, = self.events()
        self.assertEqual(('waiting for host', 'cmp1', None, timeutils.utcnow()), tuple(
            event[name] for name in ('event', 'host', 'finish_time', 'start_time')))
        self.assertIn('Host cmp1 is down', event['details'])
