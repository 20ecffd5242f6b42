# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/reset_state.py: what is at work is ended first."""

from nova_lite.compute.requests import reset_state
from nova_lite.db.stores import actions, instances, operations_admin, record_audit
from nova_lite.states import operation as op
from nova_lite.states import task, vm
from tests import base
from tests.fixtures import database, ended, records


class ResetStateTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.admin = records.caller('root', 'ops', is_admin=True, request_id='req-reset')
        records.compute_host(self.admin)
        self.server = records.active_server(records.caller())

    def reset(self, server, vm_state):
        reset_state.reset(self.admin, server, vm_state)
        row = instances.get_by_uuid(self.admin, server['uuid'])
        return row['vm_state'], row['task_state']

    def test_state_is_what_was_said_and_no_task_is_left(self):
        ended.change('instances', self.server['uuid'], task_state=task.DELETING)
        self.assertEqual((vm.ERROR, None), self.reset(self.server, vm.ERROR))
        self.assertEqual((vm.ACTIVE, None), self.reset(self.server, vm.ACTIVE))

    def test_operation_that_runs_ends_with_the_reason(self):
        (server,), number = records.servers(records.caller())
        self.assertEqual((vm.ERROR, None), self.reset(server, vm.ERROR))
        row = operations_admin.get(self.admin, number)
        self.assertEqual((op.FAILED, 'The build was abandoned by an admin: '
                          'the state of the server was reset.'), (row['state'], row['message']))

    def test_server_whose_host_may_hold_its_guest_keeps_the_host(self):
        ended.change('operations', self.server['uuid'], state=op.RUNNING, host='cmp1',
                     host_may_hold=True, fence=self.server['fence'])
        self.assertEqual((vm.ERROR, None), self.reset(self.server, vm.ERROR))
        now = instances.get_by_uuid(self.admin, self.server['uuid'])
        self.assertEqual(('cmp1', self.server['fence'] + 1), (now['host'], now['fence']))

    def test_action_says_who_did_it(self):
        self.reset(self.server, vm.ERROR)
        action = actions.get_action(self.admin, self.server['uuid'], 'req-reset')
        (event,) = actions.list_events(self.admin, action['id'])
        self.assertEqual(('resetState', 'active (task none) -> error, by user root'),
                         (action['action'], event['details']))

    def test_server_without_a_host_is_called_active_and_found_by_the_audit(self):
        (server,), number = records.servers(records.caller())
        self.assertEqual((vm.ACTIVE, None), self.reset(server, vm.ACTIVE))
        self.assertEqual(op.FAILED, operations_admin.get(self.admin, number)['state'])
        self.assertEqual([server['uuid']],
                         [row['uuid'] for row in record_audit.without_host(self.admin)])
