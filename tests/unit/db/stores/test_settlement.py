# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/settlement.py: what the end of an operation makes of a server."""

from nova_lite import objects
from nova_lite.db import engine
from nova_lite.db.stores import instances, inventories, networks, settlement
from nova_lite.network import definition
from nova_lite.states import power, transitions, vm
from tests import base
from tests.fixtures import database, records

FAULT = {'code': 500, 'message': 'no'}


def operation(kind=transitions.BUILD, phase=transitions.SPAWN, host='cmp1'):
    return {'kind': kind, 'phase': phase, 'host': host}


def changes(outcome, **known):
    """Answer the changes with times replaced by True, for they are SQL."""
    made = settlement.changes_for(objects.Outcome(**outcome), operation(**known))
    return {name: True if name.endswith('_at') else value for name, value in made.items()}


class ChangesTest(base.TestCase):

    def test_finished_build_has_launched(self):
        self.assertEqual(
            {'task_state': None, 'vm_state': vm.ACTIVE, 'power_state': power.RUNNING,
             'launched_at': True, 'progress': 100},
            changes({'vm_state': vm.ACTIVE, 'power_state': power.RUNNING}))

    def test_outcome_that_names_no_state_only_ends_the_task(self):
        self.assertEqual({'task_state': None}, changes({}))

    def test_power_state_of_no_guest_is_a_state(self):
        self.assertEqual(power.NOSTATE, changes(
            {'vm_state': vm.ERROR, 'power_state': power.NOSTATE})['power_state'])

    def test_build_that_a_controller_gives_up_is_on_no_host(self):
        made = changes({'vm_state': vm.ERROR, 'fault': FAULT}, host=None)
        self.assertEqual({'task_state': None, 'vm_state': vm.ERROR, 'host': None, 'node': None},
                         made)

    def test_build_that_a_host_gives_up_stays_there_for_something_may_be_left(self):
        self.assertNotIn('host', changes({'vm_state': vm.ERROR, 'fault': FAULT}))

    def test_failed_delete_does_not_move_the_server(self):
        for host in ('cmp1', None):
            self.assertNotIn('host', changes(
                {'vm_state': vm.ERROR, 'fault': FAULT}, kind=transitions.DELETE, host=host))

    def test_deleted_server_is_marked_and_timed(self):
        made = changes({'vm_state': vm.DELETED}, kind=transitions.DELETE)
        self.assertEqual((True, True, True), (
            made['deleted'], made['deleted_at'], made['terminated_at']))

    def test_delete_is_local_by_its_phase(self):
        for phase, local in ((transitions.DELETE_LOCALLY, True), (transitions.DESTROY, False)):
            self.assertIs(local, settlement.is_local_delete(
                operation(kind=transitions.DELETE, phase=phase)))


class ReleaseTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context)
        networks.create(self.context, definition.define({
            'label': 'private', 'cidr': '10.20.0.0/24', 'bridge': 'br0', 'mtu': 1500}))
        self.servers = [records.active_server(self.context, networks='auto') for _ in range(2)]
        for server in self.servers:
            inventories.claim(self.context, [inventories.Claim(server['uuid'], 1, {'VCPU': 1})])

    def held(self, server):
        """Answer whether a server has (room, an address, NICs in its record)."""
        with engine.reader() as connection:
            address = connection.execute(networks.fixed_ips.select().where(
                networks.fixed_ips.c.instance_uuid == server['uuid'])).first()
        row = instances.get_by_uuid(self.context, server['uuid'])
        return (bool(inventories.held(self.context, [server['uuid']])), address is not None,
                bool(row['network_info']))

    def test_server_gives_all_back_and_others_keep_theirs(self):
        first, second = self.servers
        self.assertEqual((True, True, True), self.held(first))
        settlement.release_everything(self.context, first['uuid'])
        self.assertEqual((False, False, False), self.held(first))
        self.assertEqual((True, True, True), self.held(second))

    def test_release_may_be_repeated(self):
        first, second = self.servers
        for _time in range(2):
            settlement.release_everything(self.context, first['uuid'])
        inventory = inventories.of_nodes(self.context, [1])[1]
        self.assertEqual(1, inventory['VCPU']['used'])
        self.assertEqual((True, True, True), self.held(second))
