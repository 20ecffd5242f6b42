# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/state_reset.py."""

from nova_lite import exception
from nova_lite.db.stores import instances, operations_admin, state_reset
from nova_lite.states import operation as op
from nova_lite.states import task, vm
from tests import base
from tests.fixtures import database, ended, records


class ResetTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context)
        self.uuid = records.active_server(self.context)['uuid']

    def reset(self, vm_state, uuid=None, **abandonment):
        return state_reset.reset(self.context, uuid or self.uuid, state_reset.Reset(
            vm_state=vm_state, who='ann@ctl', reason='looked at it',
            abandonment=operations_admin.Abandonment(who='ann@ctl', **abandonment)
            if abandonment else None))

    def server(self, uuid=None):
        row = instances.get_by_uuid(self.context, uuid or self.uuid)
        return row['vm_state'], row['task_state'], row['fence']

    def test_state_is_set_without_any_task_and_the_fence_is_raised(self):
        ended.change('instances', self.uuid, task_state=task.SPAWNING, fence=4)
        before = self.reset(vm.ERROR)
        self.assertEqual((vm.ACTIVE, task.SPAWNING), (before['vm_state'], before['task_state']))
        self.assertEqual((vm.ERROR, None, 5), self.server())
        self.reset(vm.ACTIVE)
        self.assertEqual((vm.ACTIVE, None, 6), self.server())

    def test_record_says_who_did_it_and_why(self):
        self.reset(vm.ERROR)
        action = ended.contents('instance_actions')[-1]
        event = ended.contents('instance_action_events')[-1]
        self.assertEqual(('resetState', None), (action['action'], action['message']))
        self.assertIsNotNone(action['finish_time'])
        self.assertEqual((action['id'], 'active (task none) -> error, by ann@ctl: looked at it'),
                         (event['action_id'], event['details']))

    def test_server_that_is_worked_on_is_left_alone(self):
        ended.change('operations', self.uuid, state=op.RUNNING)
        before = self.server()
        self.assertRaises(exception.ServerIsWorkedOn, self.reset, vm.ERROR)
        self.assertEqual(before, self.server())

    def test_what_runs_is_ended_if_it_is_told_to(self):
        (server,), number = records.servers(self.context)
        self.reset(vm.ERROR, server['uuid'], reason='lost')
        self.assertEqual((vm.ERROR, None), self.server(server['uuid'])[:2])
        self.assertEqual(op.FAILED, operations_admin.get(self.context, number)['state'])

    def test_guest_that_a_host_may_hold_is_abandoned_by_a_word_of_its_own_only(self):
        ended.change('operations', self.uuid, state=op.RUNNING, host='cmp1', host_may_hold=True,
                     fence=instances.get_by_uuid(self.context, self.uuid)['fence'])
        self.assertRaises(exception.HostMayHoldGuest, self.reset, vm.ERROR, reason='lost')
        self.reset(vm.ACTIVE, reason='lost', even_if_host_holds=True)
        self.assertEqual((vm.ACTIVE, None), self.server()[:2])

    def test_server_without_host_is_never_active(self):
        (server,), number = records.servers(self.context)
        self.assertRaises(exception.ServerHasNoHost, self.reset, vm.ACTIVE, server['uuid'],
                          reason='lost')
        self.assertEqual(op.PENDING, operations_admin.get(self.context, number)['state'])

    def test_build_that_is_abandoned_before_its_host_began_it_leaves_no_host(self):
        (server,), number = records.servers(self.context)
        ended.change('operations', server['uuid'], host='cmp1', phase='spawn')
        ended.change('instances', server['uuid'], host='cmp1', node='cmp1')
        self.assertRaises(exception.ServerHasNoHost, self.reset, vm.ACTIVE, server['uuid'],
                          reason='lost')
        self.assertEqual(op.PENDING, operations_admin.get(self.context, number)['state'])

    def test_deleted_server_is_not_found(self):
        ended.change('instances', self.uuid, deleted=True)
        self.assertRaises(exception.InstanceNotFound, self.reset, vm.ERROR)
