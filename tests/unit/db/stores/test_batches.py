# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/batches.py: the children of a multi-create."""

from nova_lite import exception, objects
from nova_lite.compute.requests import delete
from nova_lite.db.stores import batches, instances, operations
from nova_lite.states import operation as op
from nova_lite.states import transitions, vm
from tests import base
from tests.fixtures import database, records

FAILED = objects.Outcome(vm_state=vm.ERROR, fault={'code': 500, 'message': 'no room'})


class BatchesTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context)
        self.rows, self.parent = records.servers(self.context, min_count=2, max_count=2)
        self.children = batches.waiting_children(self.context, self.parent)
        self.first, self.second = self.waiting()
        self.to_host = objects.HandOver(phase=transitions.SPAWN, host='cmp1', node='cmp1')

    def waiting(self):
        return [row['id'] for row in batches.waiting_children(self.context, self.parent)]

    def operation(self, child):
        row = operations.get(self.context, child)
        return row['state'], row['phase'], row['host']

    def delete_first(self):
        delete._record(self.context, self.rows[0]['uuid'],
                       transitions.TABLE[transitions.DELETE])

    def test_children_wait_in_the_order_of_their_servers(self):
        uuids = [row['instance_uuid']
                 for row in batches.waiting_children(self.context, self.parent)]
        self.assertEqual([row['uuid'] for row in self.rows], uuids)

    def test_children_of_others_are_not_there(self):
        records.servers(self.context, min_count=2, max_count=2)
        self.assertEqual([self.first, self.second], self.waiting())

    def test_started_child_is_its_hosts_and_waits_no_longer(self):
        batches.start_child(self.context, self.children[0], self.to_host)
        self.assertEqual((op.PENDING, transitions.SPAWN, 'cmp1'), self.operation(self.first))
        self.assertEqual([self.second], self.waiting())

    def test_child_is_started_once(self):
        batches.start_child(self.context, self.children[0], self.to_host)
        self.assertRaises(exception.LeaseLost, batches.start_child, self.context, self.children[0],
                          self.to_host)

    def test_child_that_was_deleted_is_not_started(self):
        self.delete_first()
        self.assertRaises(exception.LeaseLost, batches.start_child, self.context, self.children[0],
                          self.to_host)
        row = instances.get_by_uuid(self.context, self.rows[0]['uuid'])
        self.assertIsNone(row['host'])

    def test_start_that_fails_leaves_the_child_waiting(self):
        wrong = objects.HandOver(phase='of tomorrow', host='cmp1')
        self.assertRaises(exception.UnknownPhase, batches.start_child, self.context,
                          self.children[0], wrong)
        self.assertEqual([self.first, self.second], self.waiting())

    def test_failed_child_puts_its_server_into_error(self):
        batches.fail_child(self.context, self.children[0], FAILED)
        self.assertEqual(op.FAILED, self.operation(self.first)[0])
        row = instances.get_by_uuid(self.context, self.rows[0]['uuid'])
        self.assertEqual((vm.ERROR, None), (row['vm_state'], row['task_state']))

    def test_child_that_was_deleted_does_not_fail_any_more(self):
        self.delete_first()
        batches.fail_child(self.context, self.children[0], FAILED)
        self.assertEqual(op.SUPERSEDED, self.operation(self.first)[0])
        row = instances.get_by_uuid(self.context, self.rows[0]['uuid'])
        self.assertEqual(vm.BUILDING, row['vm_state'])
