# SPDX-License-Identifier: Apache-2.0
"""Whose records are, in a database."""

from nova_lite import objects
from nova_lite.compute.requests import delete
from nova_lite.db.stores import operations, ownership
from nova_lite.states import transitions, vm
from tests import base
from tests.fixtures import database, records

NOBODY = '00000000-0000-4000-8000-000000000000'


class OwnershipTest(base.TestCase):
    """Two hosts; what the record says of each."""

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.incarnations = {host: records.compute_host(self.context, host)
                             for host in ('cmp1', 'cmp2')}

    def building_on(self, host):
        """Answer the uuid of a server that a host is about to build, and the operation's id."""
        (row,), operation_id = records.servers(self.context)
        work = objects.Work.take(
            self.context, operation_id, records.controller(self.context), None)
        objects.Operation.hand_over(
            self.context, operation_id, work.operation.lease, objects.HandOver(
                phase='spawn', host=host, node=host))
        return row['uuid'], operation_id

    def owners(self, ask, what):
        """Answer what is said to each host."""
        return [ask(self.context, what, host) for host in ('cmp1', 'cmp2')]

    def test_incarnation_belongs_to_the_host_that_started(self):
        self.assertEqual([True, False], self.owners(
            ownership.is_hosts_incarnation, self.incarnations['cmp1']))

    def test_incarnation_of_a_controller_is_no_hosts(self):
        incarnation = records.controller(self.context, 'ctl')
        self.assertEqual([False, False], self.owners(ownership.is_hosts_incarnation, incarnation))

    def test_void_incarnation_may_be_asked_for_by_all_and_is_told_so(self):
        old = self.incarnations['cmp1']
        records.compute_host(self.context, 'cmp1')
        self.assertEqual([True, True], self.owners(ownership.is_hosts_incarnation, old))

    def test_server_belongs_to_the_host_that_it_is_on(self):
        server = records.active_server(self.context, 'cmp1')
        self.assertEqual([True, False], self.owners(ownership.is_hosts_server, server['uuid']))

    def test_server_belongs_to_the_host_that_works_on_it(self):
        uuid, operation_id = self.building_on('cmp1')
        self.assertEqual([True, False], self.owners(ownership.is_hosts_server, uuid))
        work = objects.Work.take(
            self.context, operation_id, self.incarnations['cmp1'], 'cmp1')
        objects.Operation.hand_over(
            self.context, operation_id, work.operation.lease,
            objects.HandOver(phase='reschedule'))
        self.assertEqual([False, False], self.owners(ownership.is_hosts_server, uuid))

    def test_there_is_no_such_server(self):
        self.assertEqual([None, None], self.owners(ownership.is_hosts_server, NOBODY))

    def test_deleted_server_is_not_there(self):
        server = records.active_server(self.context, 'cmp1')
        delete._record(self.context, server['uuid'],
                       transitions.TABLE[transitions.DELETE])
        operation, = operations.unfinished_for_host(self.context, 'cmp1')
        work = objects.Work.take(
            self.context, operation['id'], self.incarnations['cmp1'], 'cmp1')
        objects.Operation.finish(self.context, operation['id'], work.operation.lease,
                                 objects.Outcome(vm_state=vm.DELETED))
        self.assertEqual([None, None], self.owners(ownership.is_hosts_server, server['uuid']))
