# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/operations_admin.py."""

from nova_lite import exception
from nova_lite.db.stores import operations_admin, secrets
from nova_lite.states import operation as op
from nova_lite.states import transitions, vm
from tests import base
from tests.fixtures import database, ended, records

ABANDONMENT = operations_admin.Abandonment(who='ann@ctl', reason='too slow')


class ListingTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)

    def listing(self, **wanted):
        return operations_admin.listing(
            self.context, operations_admin.Wanted(**wanted), limit=10)

    def test_owner_and_host_are_told_with_whether_they_live(self):
        owner = records.compute_host(self.context)
        ended.operation(state=op.RUNNING, finished_at=None, host='cmp1', owner=owner)
        [row] = self.listing(host='cmp1')
        self.assertEqual((True, True, 'nova-lite-compute', 'cmp1'), tuple(
            row[name] for name in ('owner_lives', 'host_is_up', 'owner_binary', 'owner_host')))

    def test_start_that_was_replaced_owns_nothing(self):
        ended.operation(state=op.RUNNING, finished_at=None, owner='gone')
        [row] = self.listing()
        self.assertEqual((False, None), (row['owner_lives'], row['owner_binary']))

    def test_operation_that_is_not_there_is_an_error(self):
        self.assertRaises(exception.OperationNotFound, operations_admin.get, self.context, 1)


class BacklogTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)

    def test_unfinished_operations_are_counted_by_phase(self):
        (server,), _number = records.servers(self.context)
        records.servers(self.context)
        self.assertEqual([(transitions.BUILD, transitions.SCHEDULE, 2, 0, 0)], [
            (row['kind'], row['phase'], row['pending'], row['running'], row['waiting_for_host'])
            for row in operations_admin.backlog(self.context)])
        ended.change('operations', server['uuid'], state=op.DONE)
        self.assertEqual([1], [row['pending'] for row in operations_admin.backlog(self.context)])

    def test_age_is_that_of_the_first_that_nobody_is_at(self):
        ended.operation(state=op.RUNNING, finished_at=None)
        [row] = operations_admin.backlog(self.context)
        self.assertEqual((1, None), (row['running'], row['oldest']))
        ended.operation(state=op.WAITING_FOR_HOST, finished_at=None)
        records.servers(self.context)
        ages = {row['kind']: row['oldest'] for row in operations_admin.backlog(self.context)}
        self.assertGreaterEqual(ages[transitions.BUILD], 0)
        self.assertIsNotNone(ages[transitions.BUILD_BATCH])

    def test_nothing_unfinished_is_no_row(self):
        ended.operation()
        self.assertEqual([], operations_admin.backlog(self.context))


class AbandonTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context)

    def abandon(self, number, **changes):
        return operations_admin.abandon(self.context, number, operations_admin.Abandonment(
            who='ann@ctl', reason='too slow', **changes))

    def test_table_says_what_becomes_of_the_server(self):
        for kind, vm_state in ((transitions.BUILD, vm.ERROR), (transitions.DELETE, vm.ERROR),
                               (transitions.CLEAN_UP, vm.DELETED),
                               (transitions.BUILD_BATCH, None)):
            self.assertEqual(vm_state, operations_admin.vm_state_after(kind))

    def test_operation_ends_with_all_that_belongs_to_it(self):
        (_server,), number = records.servers(self.context)
        ended.insert('operation_secrets', operation_id=number, sealed='x')
        self.abandon(number)
        [row] = ended.contents('operations')
        self.assertEqual((op.FAILED, None, 'The build was abandoned by ann@ctl: too slow.'),
                         (row['state'], row['owner'], row['message']))
        [action] = ended.contents('instance_actions')
        [event] = ended.contents('instance_action_events')
        [fault] = ended.contents('instance_faults')
        self.assertEqual([row['message']] * 3,
                         [action['message'], event['details'], fault['message']])
        self.assertEqual([], ended.contents(secrets.secrets.name))

    def test_worker_that_still_runs_it_has_lost_its_lease(self):
        _servers, number = records.servers(self.context)
        work = records.objects.Work.take(
            self.context, number, records.controller(self.context), None)
        self.abandon(number)
        self.assertRaises(exception.LeaseLost, records.objects.Operation.progress,
                          self.context, number, work.operation.lease)

    def test_what_a_host_may_hold_is_given_up_only_knowingly(self):
        (server,), number = records.servers(self.context)
        ended.change('operations', server['uuid'], host='cmp1', host_may_hold=True,
                     phase=transitions.SPAWN)
        self.assertRaises(exception.HostMayHoldGuest, self.abandon, number)
        self.assertEqual(op.PENDING, ended.contents('operations')[0]['state'])
        self.abandon(number, even_if_host_holds=True)
        self.assertEqual(op.FAILED, ended.contents('operations')[0]['state'])

    def test_operation_that_has_ended_is_refused(self):
        self.assertRaises(exception.OperationHasEnded, self.abandon, ended.operation())
