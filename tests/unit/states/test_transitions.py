# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/states/transitions.py: the table is whole and says nothing impossible."""

import itertools

from nova_lite import context, exception
from nova_lite.compute import guards
from nova_lite.states import task, transitions, vm
from tests import base


class TableTest(base.TestCase):
    """Every row of the table."""

    def test_every_state_is_one_that_servers_have(self):
        for row in transitions.TABLE.values():
            self.assertLessEqual(row.from_vm_states | row.ends_in, vm.ALL)
            self.assertLessEqual((row.from_task_states or set()) - {None}, task.ALL)

    def test_a_phase_without_host_is_a_controllers(self):
        for row in transitions.TABLE.values():
            for phase in row.phases:
                if phase.when_host_is_gone:
                    self.assertIs(transitions.Owner.HOST, phase.owner)
                    self.assertIs(transitions.Owner.CONTROLLER,
                                  row.phase(phase.when_host_is_gone).owner)

    def test_guards_allow_exactly_what_the_table_says(self):
        caller = context.RequestContext('u', 'p', overwrite=False)
        for row, vm_state, task_state in itertools.product(
                transitions.TABLE.values(), vm.ALL, task.ALL | {None}):
            server = {'uuid': 'a', 'locked': False, 'vm_state': vm_state, 'task_state': task_state}
            allowed = vm_state in row.from_vm_states and (
                row.from_task_states is None or task_state in row.from_task_states)
            if allowed:
                guards.check(caller, server, row)
            else:
                self.assertRaises(exception.InstanceInvalidState, guards.check,
                                  caller, server, row)

    def test_locked_server_refuses_delete_for_its_owner_and_allows_admin(self):
        server = {'uuid': 'a', 'locked': True, 'vm_state': vm.ACTIVE, 'task_state': None}
        row = transitions.TABLE[transitions.DELETE]
        owner = context.RequestContext('u', 'p', overwrite=False)
        self.assertRaises(exception.InstanceIsLocked, guards.check, owner, server, row)
        guards.check(owner.elevated(), server, row)
