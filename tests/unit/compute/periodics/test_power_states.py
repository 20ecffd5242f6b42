# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/periodics/power_states.py: what guests do by themselves."""

import datetime

from nova_lite import exception, objects
from nova_lite.compute.periodics import power_states
from nova_lite.compute.workflows import build
from nova_lite.db.stores import instances
from nova_lite.states import power, vm
from nova_lite.virt import driver
from tests.unit.compute.workflows import case


class PowerStatesTest(case.HostCase):
    """Two servers that run on cmp1."""

    def setUp(self):
        super().setUp()
        self.servers = [self.active_server() for _number in range(2)]

    def active_server(self):
        work = self.work_to_build()
        row = self.finish(work, build.spawn(self.host, self.context, work, self.lease(work)))
        return row['uuid']

    def states(self):
        """Answer (vm_state, power_state) of the servers in the record."""
        rows = [instances.get_by_uuid(self.context, uuid) for uuid in self.servers]
        return [(row['vm_state'], row['power_state']) for row in rows]

    def compare(self):
        power_states.compare_all(self.context, self.host)

    def tell(self, uuid, transition):
        power_states.reflect_event(self.context, self.host, driver.LifecycleEvent(
            uuid=uuid, transition=transition, timestamp=datetime.datetime(2026, 1, 1)))

    def test_guest_that_ended_unseen_is_found_by_the_comparison(self):
        self.driver.change_guest(self.servers[0], power.SHUTDOWN)
        self.compare()
        self.assertEqual([(vm.STOPPED, power.SHUTDOWN), (vm.ACTIVE, power.RUNNING)],
                         self.states())

    def test_comparison_of_what_agrees_asks_nobody_to_record(self):
        self.patch(objects.Instance, 'report_power_state', self.fail)
        self.compare()

    def test_guest_that_can_not_be_looked_at_does_not_keep_the_others_from_it(self):
        def look(server):
            if server.uuid == self.servers[0]:
                raise exception.HypervisorUnusable(reason='busy')
            return power.CRASHED
        self.driver.power_state = look
        self.compare()
        self.assertEqual([(vm.ACTIVE, power.RUNNING), (vm.STOPPED, power.CRASHED)],
                         self.states())

    def test_event_has_the_guest_looked_at_for_it_may_have_gone_on(self):
        self.tell(self.servers[0], power.SHUTDOWN)
        self.assertEqual((vm.ACTIVE, power.RUNNING), self.states()[0])
        self.driver.change_guest(self.servers[0], power.SHUTDOWN)
        self.tell(self.servers[0], power.SHUTDOWN)
        self.assertEqual((vm.STOPPED, power.SHUTDOWN), self.states()[0])
