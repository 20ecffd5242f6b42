# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/build.py: what a create records, and whom it wakes."""

from oslo_db import exception as db_exc

from nova_lite import exception
from nova_lite.compute.requests import build, build_request
from nova_lite.objects import base as objects_base
from nova_lite.states import task, transitions, vm
from tests.fixtures import records
from tests.unit.compute.requests import case


class CreateTest(case.RequestCase):

    def setUp(self):
        super().setUp()
        self.make_image()

    def create(self, context=None, **changes):
        return build.create(context or self.context, records.request(**changes))

    def nothing_is_recorded(self):
        self.assertEqual((0, 0, [], []), (
            self.count('instances', 'instances'), self.count('actions', 'actions'),
            self.unfinished(), self.wake_ups()))

    def test_server_is_recorded_with_its_operation_and_a_conductor_is_woken(self):
        made, = self.create(metadata={'role': 'db'})
        row = self.row(made['uuid'])
        self.assertEqual((vm.BUILDING, task.SCHEDULING, None, 'fred', 'demo', {'role': 'db'}), (
            row['vm_state'], row['task_state'], row['host'], row['user_id'], row['project_id'],
            row['metadata']))
        self.assertEqual([(transitions.BUILD, transitions.SCHEDULE, None)], self.unfinished())
        self.assertEqual([('conductor', None)], self.wake_ups())

    def test_action_of_a_create_is_recorded_with_who_asked(self):
        made, = self.create()
        action, = objects_base.store('actions').list_actions(self.admin, made['uuid'])
        self.assertEqual(('create', 'fred', self.context.request_id), (
            action['action'], action['user_id'], action['request_id']))

    def test_several_servers_wait_for_one_parent_that_alone_is_woken(self):
        made = self.create(min_count=2, max_count=2)
        self.assertEqual(['web-1', 'web-2'], [row['display_name'] for row in made])
        self.assertEqual(1, len({row['reservation_id'] for row in made}))
        self.assertEqual([(transitions.BUILD, transitions.AWAIT_BATCH, None)] * 2
                         + [(transitions.BUILD_BATCH, transitions.SCHEDULE, None)],
                         sorted(self.unfinished()))
        self.assertEqual([('conductor', None)], self.wake_ups())

    def test_every_server_of_a_request_keeps_its_password_for_its_host_only(self):
        self.create(min_count=2, max_count=2, admin_password='geheim')
        self.assertEqual(2, self.count('secrets', 'secrets'))
        for row in records.unfinished(self.admin):
            self.assertNotIn('geheim', str(row))

    def test_request_without_secrets_keeps_none(self):
        self.create()
        self.assertEqual(0, self.count('secrets', 'secrets'))

    def test_image_that_is_not_there_leaves_no_trace(self):
        self.assertRaises(exception.ImageNotFound, self.create,
                          image_ref='99999999-9999-4999-8999-999999999999')
        self.nothing_is_recorded()

    def test_key_pair_that_is_not_the_users_leaves_no_trace(self):
        self.assertRaises(exception.KeypairNotFound, self.create, key_name='laptop')
        self.nothing_is_recorded()

    def test_security_group_that_there_is_not_leaves_no_trace(self):
        self.assertRaises(exception.SecurityGroupUnknown, self.create, security_groups=['web'])
        self.nothing_is_recorded()

    def test_network_that_is_not_to_be_had_leaves_no_trace(self):
        self.assertRaises(exception.NetworkNotFound, self.create, networks=[
            build_request.RequestedNetwork('88888888-8888-4888-8888-888888888888')])
        self.nothing_is_recorded()

    def test_failure_in_the_middle_takes_everything_back(self):
        def break_down(*_args):
            raise ZeroDivisionError
        self.patch(objects_base.store('secrets'), 'seal', break_down)
        self.assertRaises(ZeroDivisionError, self.create, idempotency_key='order',
                          body_hash='h')
        self.nothing_is_recorded()
        self.assertEqual(0, self.count('idempotency', 'keys'))

    def test_broker_that_is_away_does_not_fail_the_create(self):
        self.bus.is_down = True
        self.create()
        self.assertEqual([(transitions.BUILD, transitions.SCHEDULE, None)], self.unfinished())


class RepeatedCreateTest(case.RequestCase):
    """A create that is sent again with the same Idempotency-Key."""

    def setUp(self):
        super().setUp()
        self.make_image()

    def create(self, context=None, **changes):
        return build.create(context or self.context, records.request(
            **{'idempotency_key': 'order-1', 'body_hash': 'abc', **changes}))

    def test_second_request_answers_the_first_ones_servers_and_wakes_nobody(self):
        first = self.create(min_count=2, max_count=2)
        again = self.create(min_count=2, max_count=2)
        self.assertEqual([row['uuid'] for row in first], [row['uuid'] for row in again])
        self.assertEqual(1, len(self.wake_ups()))

    def test_second_request_is_answered_when_the_image_is_gone(self):
        first, = self.create()
        self.override('image', directory=str(self.temporary_directory()))
        self.assertEqual([first['uuid']], [row['uuid'] for row in self.create()])

    def test_request_that_loses_the_race_answers_what_the_winner_made(self):
        winner, calls = [], []
        first_answer = build.idempotency.first_answer

        def too_early(context, request):
            calls.append(request)
            if len(calls) == 1:
                winner.extend(self.create())
                return None
            return first_answer(context, request)

        self.patch(build.idempotency, 'first_answer', too_early)
        lost = self.create()
        self.assertEqual([row['uuid'] for row in winner], [row['uuid'] for row in lost])
        self.assertEqual(1, self.count('instances', 'instances'))

    def test_first_request_that_does_not_end_is_told_to_the_second(self):
        self.patch(build, '_record', self.deadlock)
        error = self.assertRaises(exception.IdempotencyKeyInUse, self.create)
        self.assertEqual(409, error.code)

    def test_deadlock_without_a_key_is_no_matter_of_keys(self):
        self.patch(build, '_record', self.deadlock)
        self.assertRaises(db_exc.DBDeadlock, self.create, idempotency_key=None)

    @staticmethod
    def deadlock(*_args):
        raise db_exc.DBDeadlock
