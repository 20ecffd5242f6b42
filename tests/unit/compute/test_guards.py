# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/guards.py: the table of operations, asked for every pair."""

import itertools

from nova_lite import exception
from nova_lite.compute import guards
from nova_lite.states import task, transitions, vm
from tests import base
from tests.fixtures import records

TASKS = {None, *task.ALL}


def server(vm_state=vm.ACTIVE, task_state=None, locked=False):
    return {'uuid': 'a-server', 'vm_state': vm_state, 'task_state': task_state, 'locked': locked}


class GuardsTest(base.TestCase):

    def is_allowed(self, kind, instance):
        try:
            guards.check(records.caller(), instance, transitions.TABLE[kind])
        except exception.InstanceInvalidState:
            return False
        return True

    def allowed(self, kind):
        """Answer the (vm_state, task_state) pairs from which an operation may start."""
        return {pair for pair in itertools.product(vm.ALL, TASKS)
                if self.is_allowed(kind, server(*pair))}

    def test_delete_may_start_from_every_state_but_deleted(self):
        self.assertEqual(set(itertools.product(vm.ALL - {vm.DELETED}, TASKS)),
                         self.allowed(transitions.DELETE))

    def test_build_starts_from_the_state_in_which_a_server_is_recorded(self):
        self.assertEqual({(vm.BUILDING, task.SCHEDULING)}, self.allowed(transitions.BUILD))

    def test_refusal_says_which_state_was_in_the_way(self):
        error = self.assertRaises(
            exception.InstanceInvalidState, guards.check, records.caller(),
            server(vm.DELETED), transitions.TABLE[transitions.DELETE])
        self.assertEqual(409, error.code)
        self.assertIn(vm.DELETED, str(error))

    def test_lock_stops_the_owner_and_not_an_admin(self):
        row = transitions.TABLE[transitions.DELETE]
        self.assertRaises(exception.InstanceIsLocked, guards.check, records.caller(),
                          server(locked=True), row)
        guards.check(records.caller(is_admin=True), server(locked=True), row)

    def test_lock_does_not_stop_what_the_table_lets_through(self):
        guards.check(records.caller(), server(vm.BUILDING, task.SCHEDULING, locked=True),
                     transitions.TABLE[transitions.BUILD])
