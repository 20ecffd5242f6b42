# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/record_audit.py: each question, with and without work under way."""

from nova_lite.db import engine
from nova_lite.db.stores import networks, record_audit
from nova_lite.network import definition
from nova_lite.states import operation as op
from nova_lite.states import task, vm
from tests import base
from tests.fixtures import database, ended, records

QUESTIONS = (
    record_audit.unclaimed, record_audit.claimed_elsewhere, record_audit.addresses_of_nobody,
    record_audit.addresses_without_nic, record_audit.nics_without_address,
    record_audit.nics_elsewhere, record_audit.unattended, record_audit.on_unknown_hosts,
    record_audit.without_host)


class QuestionsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context)
        networks.create(self.context, definition.define({
            'label': 'private', 'cidr': '10.20.0.0/24', 'bridge': 'br100', 'mtu': 1500}))
        self.uuid = records.active_server(self.context, networks='auto')['uuid']
        ended.insert('allocations', consumer_uuid=self.uuid, resource_class='VCPU', node_id=1,
                     amount=1, created_at=ended.BORN_AT)

    def said(self):
        """Answer the names of the questions that find something."""
        return [question.__name__ for question in QUESTIONS if question(self.context)]

    def check(self, name):
        """One question finds something, and none does while something is being done."""
        self.assertEqual([name], self.said())
        ended.change('operations', self.uuid, state=op.PENDING)
        self.assertEqual([], self.said())

    def delete(self, name):
        with engine.writer(self.context) as connection:
            connection.execute(ended.tables[name].delete())

    def test_server_that_is_as_it_should_be(self):
        self.assertEqual([], self.said())

    def test_server_without_room(self):
        self.delete('allocations')
        self.check('unclaimed')

    def test_server_with_room_elsewhere(self):
        with engine.writer(self.context) as connection:
            connection.execute(ended.tables['allocations'].update().values(node_id=7))
        self.check('claimed_elsewhere')

    def test_addresses_of_a_deleted_server(self):
        ended.change('instances', self.uuid, deleted=True)
        self.check('addresses_of_nobody')

    def test_address_without_nic(self):
        self.delete('virtual_interfaces')
        self.check('addresses_without_nic')

    def test_nic_without_address(self):
        ended.change('fixed_ips', self.uuid, instance_uuid=None, virtual_interface_uuid=None)
        self.check('nics_without_address')

    def test_nic_elsewhere(self):
        ended.change('virtual_interfaces', self.uuid, host='cmp2')
        self.check('nics_elsewhere')

    def test_task_that_nobody_does(self):
        ended.change('instances', self.uuid, task_state=task.SPAWNING)
        self.check('unattended')

    def test_server_on_a_host_that_nobody_knows(self):
        with engine.writer(self.context) as connection:
            connection.execute(ended.tables['services'].update().values(host='x'))
        self.check('on_unknown_hosts')

    def test_guest_on_no_host(self):
        ended.change('instances', self.uuid, host=None)
        self.delete('allocations')
        self.check('without_host')
        ended.change('operations', self.uuid, state=op.DONE)
        ended.change('instances', self.uuid, vm_state=vm.ERROR)
        self.assertEqual([], self.said())

    def test_servers_of_a_host_and_others_by_name(self):
        gone = ended.deleted_server(self.context)
        self.assertEqual({self.uuid}, set(record_audit.servers_of(self.context, 'cmp1')))
        found = record_audit.servers_of(self.context, 'cmp2', also={self.uuid, gone, 'unknown'})
        self.assertEqual({self.uuid: (False, 1), gone: (True, 0)}, {
            uuid: (bool(row['deleted']), len(row['nics'])) for uuid, row in found.items()})
