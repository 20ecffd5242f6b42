# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/operations.py: the record of operations."""

import datetime

from oslo_utils import fixture as utils_fixture

from nova_lite import exception, objects
from nova_lite.compute.requests import delete
from nova_lite.db import engine
from nova_lite.db.stores import operations, secrets, sweeping
from nova_lite.objects import base as objects_base
from nova_lite.rpc import identity
from nova_lite.states import operation as op
from nova_lite.states import power, task, transitions, vm
from tests import base
from tests.fixtures import database, records

BOOT = datetime.datetime(2026, 1, 1)


class OperationsTest(base.TestCase):
    """Take, progress, hand over, finish, supersede."""

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.clock = self.useFixture(utils_fixture.TimeFixture(BOOT))
        self.context = records.caller(is_admin=True)
        self.controller = records.controller(self.context)
        self.host = records.compute_host(self.context)

    def begin_build(self, **changes):
        (self.server,), operation_id = records.servers(self.context, **changes)
        return operation_id

    def take(self, operation_id, incarnation=None, host=None):
        return objects.Work.take(
            self.context, operation_id, incarnation or self.controller, host)

    def take_on_host(self, operation_id):
        work = self.take(operation_id)
        self.hand_over(work)
        return self.take(operation_id, self.host, 'cmp1')

    def hand_over(self, work):
        objects.Operation.hand_over(
            self.context, work.operation.id, work.operation.lease,
            objects.HandOver(phase=transitions.SPAWN, host='cmp1', node='cmp1'))

    def finish(self, work, **outcome):
        objects.Operation.finish(self.context, work.operation.id, work.operation.lease,
                                 objects.Outcome(**{'vm_state': vm.ACTIVE, **outcome}))

    def row(self):
        return objects_base.store('instances').get_by_uuid(
            self.context, self.server['uuid'], read_deleted=True)

    def delete(self):
        return delete._record(self.context, self.server['uuid'],
                              transitions.TABLE[transitions.DELETE])

    def unfinished(self):
        return records.unfinished(self.context)

    def test_sweeper_is_not_kept_from_a_parent_by_its_children(self):
        _rows, parent = records.servers(self.context, min_count=3, max_count=3)
        self.patch(sweeping, 'PAGE', 2)
        self.clock.advance_time_seconds(60)
        self.take(parent)
        self.assertEqual([parent], [row['id'] for row in sweeping.unsettled(self.context)])

    def test_host_that_moves_again_is_no_longer_waited_for(self):
        work = self.take_on_host(self.begin_build())
        sweeping.wait_for_host(self.context, work.operation)
        self.assertEqual([op.WAITING_FOR_HOST], [row['state'] for row in self.unfinished()])
        objects.Operation.progress(self.context, work.operation.id, work.operation.lease)
        self.assertEqual([op.RUNNING], [row['state'] for row in self.unfinished()])

    def test_host_that_is_waited_for_is_not_woken_at_every_pass(self):
        work = self.take_on_host(self.begin_build())
        sweeping.wait_for_host(self.context, work.operation)
        self.clock.advance_time_seconds(9)
        (row,) = self.unfinished()
        sweeping.note_wake_up(self.context, objects.Operation.from_row(self.context, row))
        self.assertEqual([0.0], [row['idle'] for row in self.unfinished()])

    def test_second_taker_gets_nothing_while_the_first_lives(self):
        operation_id = self.begin_build()
        self.assertIsNotNone(self.take(operation_id))
        self.assertIsNone(self.take(operation_id, records.controller(self.context, 'other')))

    def test_owner_may_take_again_when_the_answer_was_lost(self):
        operation_id = self.begin_build()
        first = self.take(operation_id)
        second = self.take(operation_id)
        self.assertGreater(second.operation.lease, first.operation.lease)
        self.assertRaises(exception.LeaseLost, self.hand_over, first)

    def test_work_of_a_dead_owner_is_taken_over_and_its_late_writes_are_refused(self):
        operation_id = self.begin_build()
        dead = self.take(operation_id)
        self.clock.advance_time_seconds(21)
        heir = records.controller(self.context, 'heir')
        self.assertIsNotNone(self.take(operation_id, heir))
        self.assertRaises(exception.LeaseLost, self.hand_over, dead)
        self.assertIsNone(self.row()['host'])

    def test_restart_voids_the_leases_of_the_earlier_start_at_once(self):
        operation_id = self.begin_build()
        self.take(operation_id)
        self.assertIsNotNone(self.take(operation_id, records.controller(self.context)))

    def test_phase_of_a_host_is_taken_by_that_host_only(self):
        operation_id = self.begin_build()
        self.hand_over(self.take(operation_id))
        self.assertIsNone(self.take(operation_id))
        self.assertIsNone(self.take(operation_id, self.host, 'cmp2'))
        work = self.take(operation_id, self.host, 'cmp1')
        self.assertTrue(work.operation.host_may_hold)
        self.assertEqual(task.SPAWNING, self.row()['task_state'])

    def test_attempts_are_counted_for_each_phase(self):
        operation_id = self.begin_build()
        self.assertEqual(1, self.take_on_host(operation_id).operation.attempts)
        self.assertEqual(2, self.take(operation_id, self.host, 'cmp1').operation.attempts)

    def test_kind_of_another_release_is_refused_by_name(self):
        operation_id = self.begin_build()
        with engine.writer() as connection:
            connection.execute(operations.operations.update().values(kind='of tomorrow'))
        self.assertRaises(exception.UnknownPhase, self.take, operation_id)

    def test_finished_build_is_active_and_frees_its_secrets(self):
        operation_id = self.begin_build(admin_password='geheim')
        work = self.take_on_host(operation_id)
        self.assertEqual({'admin_password': 'geheim'}, work.secrets)
        self.finish(work, power_state=power.RUNNING)
        row = self.row()
        self.assertEqual((vm.ACTIVE, None, power.RUNNING, 'cmp1', BOOT), (
            row['vm_state'], row['task_state'], row['power_state'], row['host'],
            row['launched_at']))
        with engine.reader() as connection:
            self.assertEqual([], connection.execute(secrets.secrets.select()).all())
        self.assertEqual([], self.unfinished())

    def test_finish_may_be_repeated(self):
        work = self.take_on_host(self.begin_build())
        self.finish(work)
        self.finish(work)
        self.assertEqual(vm.ACTIVE, self.row()['vm_state'])

    def test_outcome_that_the_table_does_not_allow_changes_nothing(self):
        work = self.take_on_host(self.begin_build())
        self.assertRaises(exception.OutcomeNotAllowed, self.finish, work, vm_state=vm.DELETED)
        self.assertEqual(vm.BUILDING, self.row()['vm_state'])

    def test_delete_takes_the_server_from_a_running_build(self):
        work = self.take_on_host(self.begin_build())
        delete_id, host = self.delete()
        self.assertEqual('cmp1', host)
        self.assertRaises(exception.LeaseLost, objects.Operation.progress, self.context,
                          work.operation.id, work.operation.lease)
        self.assertRaises(exception.LeaseLost, self.finish, work)
        self.assertEqual([delete_id], [row['id'] for row in self.unfinished()])
        self.assertEqual(task.DELETING, self.row()['task_state'])

    def test_delete_before_a_host_was_chosen_is_a_controllers(self):
        self.begin_build()
        delete_id, host = self.delete()
        self.assertIsNone(host)
        self.finish(self.take(delete_id), vm_state=vm.DELETED)
        self.assertTrue(self.row()['deleted'])
        self.assertEqual([], self.unfinished())

    def test_second_delete_supersedes_the_first(self):
        self.finish(self.take_on_host(self.begin_build()))
        first, _host = self.delete()
        second, _host = self.delete()
        self.assertEqual([second], [row['id'] for row in self.unfinished()])
        self.assertIsNone(self.take(first, self.host, 'cmp1'))

    def test_local_delete_leaves_a_clean_up_for_the_host(self):
        self.finish(self.take_on_host(self.begin_build()))
        self.clock.advance_time_seconds(21)
        delete_id, host = self.delete()
        self.assertIsNone(host)
        self.controller = records.controller(self.context)
        self.finish(self.take(delete_id), vm_state=vm.DELETED)
        self.assertTrue(self.row()['deleted'])
        left, = objects.OperationList.unfinished_for_host(self.context, 'cmp1')
        self.assertEqual(transitions.CLEAN_UP, left.kind)
        host = records.compute_host(self.context)
        self.finish(self.take(left.id, host, 'cmp1'), vm_state=vm.DELETED)
        self.assertEqual([], self.unfinished())

    def test_failed_build_says_why_and_holds_no_host(self):
        work = self.take(self.begin_build())
        self.finish(work, vm_state=vm.ERROR, fault={'code': 500, 'message': 'No host: too small'})
        row = self.row()
        self.assertEqual((vm.ERROR, None), (row['vm_state'], row['host']))
        objects_base.store('server_details').complete(
            self.context, [row], with_fault={vm.ERROR}, with_service=False)
        self.assertEqual('No host: too small', row['fault']['message'])
        action, = objects_base.store('actions').list_actions(self.context, row['uuid'])
        self.assertEqual('No host: too small', action['message'])

    def test_unknown_phase_is_left_for_a_peer(self):
        operation_id = self.begin_build()
        table = objects_base.store('operations').operations
        with objects_base.store('operations').engine.writer() as connection:
            connection.execute(table.update().values(phase='of tomorrow'))
        self.assertRaises(exception.UnknownPhase, self.take, operation_id)
        self.assertEqual([(op.PENDING, None)],
                         [(row['state'], row['owner']) for row in self.unfinished()])

    def test_start_of_another_host_takes_nothing(self):
        operation_id = self.begin_build()
        self.hand_over(self.take(operation_id))
        other = records.compute_host(self.context, 'cmp2')
        self.assertIsNone(self.take(operation_id, other, 'cmp1'))
        self.assertIsNone(self.take(operation_id, other, 'cmp2'))
        self.assertIsNotNone(self.take(operation_id, self.host, 'cmp1'))

    def test_secrets_and_metadata_are_the_hosts_alone(self):
        operation_id = self.begin_build(admin_password='geheim', metadata={'role': 'web'})
        work = self.take(operation_id)
        self.assertEqual({}, work.secrets)
        self.assertFalse(work.instance.obj_attr_is_set('metadata'))
        self.hand_over(work)
        work = self.take(operation_id, self.host, 'cmp1')
        self.assertEqual({'admin_password': 'geheim'}, work.secrets)
        self.assertEqual({'role': 'web'}, work.instance.metadata)

    def test_host_changes_the_phases_of_its_own_only(self):
        work = self.take_on_host(self.begin_build())
        told = (work.operation.id, work.operation.lease)
        other = records.caller(is_admin=True)
        other.sender = identity.Sender(identity.HOST, 'cmp2')
        for change, *more in (
                (objects.Operation.progress,), (objects.Operation.give_back,),
                (objects.Operation.finish, objects.Outcome(vm_state=vm.ACTIVE)),
                (objects.Operation.hand_over, objects.HandOver(phase=transitions.RESCHEDULE))):
            self.assertRaises(exception.LeaseLost, change, other, *told, *more)
        other.sender = identity.Sender(identity.HOST, 'cmp1')
        objects.Operation.finish(other, *told, objects.Outcome(vm_state=vm.ACTIVE))
        self.assertEqual(vm.ACTIVE, self.row()['vm_state'])

    def test_server_shows_the_phase_that_is_begun(self):
        work = self.take(self.begin_build())
        self.assertEqual(task.SCHEDULING, self.row()['task_state'])
        self.hand_over(work)
        self.assertEqual(task.SPAWNING, self.row()['task_state'])

    def test_statements_of_each_write_are_few(self):
        counts = {}

        def count(name, function, *args, **kwargs):
            with self.database.statements() as sent:
                answer = function(*args, **kwargs)
            counts[name] = len(sent)
            return answer

        operation_id = count('record', self.begin_build)
        work = count('take', self.take, operation_id)
        count('hand over', self.hand_over, work)
        work = count('take on host', self.take, operation_id, self.host, 'cmp1')
        count('finish', self.finish, work)
        self.assertEqual({'record': 3, 'take': 2, 'hand over': 3, 'take on host': 3, 'finish': 5},
                         counts)
