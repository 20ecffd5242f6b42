# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/conductor/tasks/delete.py: a delete that does not need a host."""

from nova_lite import exception
from nova_lite.compute.requests import delete as request
from nova_lite.conductor.tasks import delete
from nova_lite.objects import base as objects_base
from nova_lite.states import transitions, vm
from tests.fixtures import records
from tests.unit.conductor.tasks import case


class DeleteLocallyTest(case.TaskCase):

    def setUp(self):
        super().setUp()
        (self.server,), _operation_id = records.servers(self.context)
        operation_id, _host = request._record(
            self.context, self.server['uuid'], transitions.TABLE[transitions.DELETE])
        self.work = self.take(operation_id)

    def test_server_is_gone(self):
        outcome = delete.delete_locally(
            self.controller, self.context, self.work, self.lease(self.work))
        objects_base.store('operations').finish(
            self.context, self.work.operation.id, self.work.operation.lease, outcome)
        self.assertRaises(exception.InstanceNotFound, self.row, self.server['uuid'])

    def test_server_whose_delete_fails_stays_and_can_be_deleted_again(self):
        outcome = delete.keep(self.controller, self.context, self.work, OSError())
        objects_base.store('operations').finish(
            self.context, self.work.operation.id, self.work.operation.lease, outcome)
        self.assertEqual(vm.ERROR, self.row(self.server['uuid'])['vm_state'])
        request._record(
            self.context, self.server['uuid'], transitions.TABLE[transitions.DELETE])
