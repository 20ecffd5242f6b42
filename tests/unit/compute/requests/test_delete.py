# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/delete.py: what a delete records, and whom it wakes."""

from nova_lite import exception
from nova_lite.compute.requests import delete
from nova_lite.db import engine
from nova_lite.objects import base as objects_base
from nova_lite.states import task, transitions
from tests.fixtures import records
from tests.unit.compute.requests import case

AT_HOST = (transitions.DELETE, transitions.DESTROY, 'cmp1')
AT_CONTROLLER = (transitions.DELETE, transitions.DELETE_LOCALLY, None)


class DeleteTest(case.RequestCase):

    def setUp(self):
        super().setUp()
        self.serve_host()
        self.server = records.active_server(self.context)

    def lock(self):
        table = objects_base.store('instances').instances
        with engine.writer() as connection:
            connection.execute(table.update().values(locked=True))

    def state(self):
        row = self.row(self.server['uuid'])
        return row['task_state'], row['fence']

    def test_delete_of_a_server_on_a_host_is_that_hosts(self):
        delete.delete(self.context, self.server)
        self.assertEqual([AT_HOST], self.unfinished())
        self.assertEqual([('compute', 'cmp1')], self.wake_ups())

    def test_server_shows_that_it_is_being_deleted_and_no_older_operation_may_write(self):
        delete.delete(self.context, self.server)
        self.assertEqual((task.DELETING, self.server['fence'] + 1), self.state())

    def test_action_of_a_delete_is_recorded(self):
        delete.delete(self.context, self.server)
        names = [action['action'] for action in objects_base.store('actions').list_actions(
            self.admin, self.server['uuid'])]
        self.assertEqual(['delete', 'create'], names)

    def test_server_whose_host_is_down_is_deleted_by_a_controller(self):
        self.clock.advance_time_seconds(61)
        delete.delete(self.context, self.server)
        self.assertEqual([AT_CONTROLLER], self.unfinished())
        self.assertEqual([('conductor', None)], self.wake_ups())

    def test_server_without_a_host_is_deleted_by_a_controller_and_its_build_ends(self):
        (row,), _operation_id = records.servers(self.context)
        delete.delete(self.context, row)
        self.assertEqual([AT_CONTROLLER], self.unfinished())

    def test_locked_server_refuses_its_owner_and_stays_as_it_was(self):
        self.lock()
        before = self.state()
        self.assertRaises(exception.InstanceIsLocked, delete.delete, self.context, self.server)
        self.assertEqual((before, [], []), (self.state(), self.unfinished(), self.wake_ups()))

    def test_locked_server_obeys_an_admin(self):
        self.lock()
        delete.delete(self.admin, self.server)
        self.assertEqual([AT_HOST], self.unfinished())

    def test_server_of_another_project_is_not_there(self):
        stranger = records.caller('anna', 'other')
        self.assertRaises(exception.InstanceNotFound, delete.delete, stranger, self.server)
        self.assertEqual([], self.unfinished())

    def test_broker_that_is_away_does_not_fail_the_delete(self):
        self.bus.is_down = True
        delete.delete(self.context, self.server)
        self.assertEqual([AT_HOST], self.unfinished())
