# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/lock.py: whose lock it is."""

from nova_lite import exception
from nova_lite.compute.requests import lock
from nova_lite.db.stores import actions, instances, notification_outbox
from nova_lite.states import vm
from tests import base
from tests.fixtures import database, ended, notifications, records


class LockTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.owner = records.caller(request_id='req-owner')
        self.admin = records.caller('root', 'ops', is_admin=True, request_id='req-admin')
        records.compute_host(self.admin)
        self.server = records.active_server(self.owner)

    def now(self):
        return instances.get_by_uuid(self.admin, self.server['uuid'])

    def lock_of(self):
        return tuple(self.now()[name] for name in ('locked', 'locked_by', 'locked_reason'))

    def test_lock_of_the_own_project_is_the_owners_and_anybody_elses_an_admins(self):
        lock.lock(self.owner, self.server, 'busy')
        self.assertEqual((True, 'owner', 'busy'), self.lock_of())
        lock.lock(self.admin, self.server, None)
        self.assertEqual((True, 'admin', None), self.lock_of())

    def test_owner_leaves_a_lock_that_is_there_as_it_is(self):
        lock.lock(self.admin, self.server, 'repair')
        lock.lock(self.owner, self.server, 'mine')
        self.assertEqual((True, 'admin', 'repair'), self.lock_of())
        self.assertEqual(['lock', 'create'], [
            row['action'] for row in actions.list_actions(self.owner, self.server['uuid'])])

    def test_unlock_takes_all_of_the_lock_away(self):
        lock.lock(self.owner, self.server, 'busy')
        lock.unlock(self.owner, self.now())
        self.assertEqual((False, None, None), self.lock_of())
        lock.unlock(self.owner, self.now())

    def test_lock_that_somebody_else_has_set_meanwhile_stays(self):
        seen = self.now()
        lock.lock(self.admin, self.server, 'repair')
        self.assertRaises(exception.InstanceIsLocked, lock.unlock, self.owner, seen)
        self.assertEqual((True, 'admin', 'repair'), self.lock_of())

    def test_every_state_but_deleted_can_be_locked(self):
        for state in vm.ALL - {vm.DELETED}:
            ended.change('instances', self.server['uuid'], vm_state=state)
            lock.lock(self.admin, self.server, None)
        ended.change('instances', self.server['uuid'], vm_state=vm.DELETED)
        self.assertRaises(exception.InstanceInvalidState, lock.lock, self.admin, self.server, None)

    def test_action_says_who_asked_and_that_it_is_done(self):
        lock.lock(self.admin, self.server, 'repair')
        action = actions.get_action(self.admin, self.server['uuid'], 'req-admin')
        (event,) = actions.list_events(self.admin, action['id'])
        self.assertEqual(('lock', 'root', 'api_lock', 'Success'), (
            action['action'], action['user_id'], event['event'], event['result']))
        self.assertIsNotNone(action['finish_time'])

    def test_lock_and_unlock_are_told(self):
        consumer = self.useFixture(notifications.Consumer())
        lock.lock(self.owner, self.server, 'busy')
        lock.unlock(self.owner, self.now())
        rows = notification_outbox.page(self.admin, 9)
        told = [(row['event_type'], row['payload']['nova_object.data']['locked_reason'])
                for row in rows]
        self.assertEqual([('instance.lock', 'busy'), ('instance.unlock', None)], told)
        for row in rows:
            self.assertEqual(notifications.read(row['event_type'])['payload'].keys(),
                             row['payload'].keys())
        self.assertEqual([], consumer.messages)
