# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/startup.py: the decision."""

from nova_lite import exception, objects
from nova_lite.compute import host as hosts
from nova_lite.compute import startup
from nova_lite.states import power, task, vm
from tests import base
from tests.fixtures import records


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


class Host:
    """A host with two servers whose guests ended; that of the first can't be started."""

    name = 'cmp1'

    def __init__(self):
        self.started = []

    def get_by_host(self, context, host, marker, limit):
        return [objects.Instance(
            id=number, uuid=f'0000000{number}-0000-4000-8000-000000000000', vm_state=vm.ACTIVE,
            task_state=None, power_state=power.RUNNING, network_info=objects.NetworkInfo(
                objects=[])) for number in (1, 2)]

    def unfinished_for_host(self, context, host):
        return []

    def power_state(self, server):
        return power.SHUTDOWN

    def power_on(self, context, server, network_info):
        if server.id == 1:
            raise exception.GuestStartFailed(instance_uuid=server.uuid, reason='its disk is gone')
        self.started.append(server.id)

    def restore(self, context, servers):
        """Networks are there."""

    def plug(self, context, server, network_info):
        """Networks are there."""


class RestoreTest(base.TestCase):

    def test_guest_that_can_not_be_started_does_not_keep_the_others_down(self):
        host = Host()
        self.patch(objects, 'InstanceList', host)
        self.patch(objects, 'OperationList', host)
        self.override(resume_guests_state_on_host_boot=True)
        startup.restore(records.caller(), hosts.Host(
            name='cmp1', driver=host, network=host, images=None), runner=None)
        self.assertEqual([2], host.started)
        self.assertIn('its disk is gone', self.logs.output)
