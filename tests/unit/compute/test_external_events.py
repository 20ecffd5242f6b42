# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/external_events.py: what a host does about events."""

from oslo_utils import uuidutils

from nova_lite import exception, objects
from nova_lite.compute import external_events
from nova_lite.compute.workflows import build
from nova_lite.db.stores import instances, networks
from nova_lite.network import definition
from nova_lite.states import external_event as names
from nova_lite.states import power, vm
from tests.fixtures import records
from tests.unit.compute.workflows import case


class EventsCase(case.HostCase):

    def act(self, uuid, *events):
        external_events.act_on_all(self.context, self.host, [
            {'server_uuid': uuid, 'name': name, 'tag': None, 'status': names.COMPLETED}
            for name in events])


class OfNetworksTest(EventsCase):
    """A server whose NIC is plugged on cmp1."""

    def setUp(self):
        super().setUp()
        networks.create(self.context, definition.define({
            'label': 'private', 'cidr': '10.0.0.0/24', 'bridge': 'br0', 'mtu': 1500}))
        row = records.active_server(self.context, networks='auto')
        self.server = objects.Instance.get_by_uuid(self.context, row['uuid'])
        self.network.plug(self.context, self.server, self.server.network_info)
        self.taps = self.network.held()['taps']

    def test_each_sets_the_servers_network_up_again(self):
        self.assertEqual(1, len(self.taps))
        for name in names.OF_NETWORKS:
            self.network._backend.taps.clear()
            self.act(self.server.uuid, name)
            self.assertEqual(self.taps, self.network.held()['taps'], name)

    def test_server_that_was_unplugged_is_left_alone(self):
        self.network.unplug(self.context, self.server, self.server.network_info)
        self.act(self.server.uuid, names.NETWORK_CHANGED)
        self.assertEqual([], self.network.held()['taps'])

    def test_events_that_nobody_waits_for_are_in_the_log_only(self):
        self.network._backend.taps.clear()
        self.act(self.server.uuid, names.VOLUME_EXTENDED)
        self.assertEqual([], self.network.held()['taps'])
        self.assertIn('Event volume-extended (tag None) is completed', self.logs.output)


class OfPowerTest(EventsCase):
    """A server whose guest runs on cmp1."""

    def setUp(self):
        super().setUp()
        work = self.work_to_build()
        self.uuid = self.finish(work, build.spawn(
            self.host, self.context, work, self.lease(work)))['uuid']

    def states(self):
        row = instances.get_by_uuid(self.context, self.uuid)
        return row['vm_state'], row['power_state']

    def test_update_has_the_guest_looked_at(self):
        self.driver.change_guest(self.uuid, power.SHUTDOWN)
        self.act(self.uuid, names.POWER_UPDATE)
        self.assertEqual((vm.STOPPED, power.SHUTDOWN), self.states())

    def test_neither_a_strange_server_nor_a_failure_keeps_other_events_back(self):
        def refuse(*arguments):
            raise exception.NetworkHostFailed(reason='no bridge')
        self.patch(self.network, 'refresh', refuse)
        self.driver.change_guest(self.uuid, power.CRASHED)
        self.act(uuidutils.generate_uuid(), names.NETWORK_CHANGED)
        self.act(self.uuid, names.NETWORK_CHANGED, names.POWER_UPDATE)
        self.assertEqual((vm.STOPPED, power.CRASHED), self.states())
        self.assertIn('could not be acted on', self.logs.output)
