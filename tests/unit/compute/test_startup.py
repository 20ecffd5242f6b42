# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/startup.py: the decision."""

from nova_lite.compute import startup
from nova_lite.states import power, task, vm
from tests import base


def repair(**known):
    states = {'vm_state': vm.ACTIVE, 'task_state': None, 'recorded': power.RUNNING,
              'seen': power.SHUTDOWN, 'resume_guests': True}
    return startup.repair_for(**{**states, **known})


class RepairTest(base.TestCase):
    """What a server needs when its host starts."""

    def test_guest_that_ran_is_started_again_if_wanted(self):
        self.assertIs(startup.Repair.RESUME, repair())
        self.assertIs(startup.Repair.REFLECT, repair(resume_guests=False))

    def test_guest_that_still_runs_needs_nothing(self):
        self.assertIs(startup.Repair.NOTHING, repair(seen=power.RUNNING))

    def test_stopped_server_is_not_started(self):
        self.assertIs(startup.Repair.NOTHING, repair(
            vm_state=vm.STOPPED, recorded=power.SHUTDOWN))

    def test_server_in_an_operation_is_left_to_it(self):
        self.assertIs(startup.Repair.LEAVE, repair(task_state=task.DELETING))
