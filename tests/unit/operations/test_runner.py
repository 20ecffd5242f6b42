# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/operations/runner.py: the line before a server, and every way out of a phase.

The record is a real one; the phases are the test's own. ``pump`` runs what was
submitted, in the place of threads.
"""

import types

from nova_lite import exception, objects
from nova_lite.compute.requests import delete
from nova_lite.objects import base as objects_base
from nova_lite.operations import runner
from nova_lite.states import operation as op
from nova_lite.states import transitions, vm
from tests import base
from tests.fixtures import database, records

SCHEDULE = (transitions.BUILD, transitions.SCHEDULE)


class RunnerCase(base.TestCase):
    """A conductor with one phase, ``run``, and one server to build."""

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context)
        self.submitted, self.woken, self.ran = [], [], []
        self.runner = self.make_runner()
        self.result = objects.Outcome(vm_state=vm.ERROR, fault={'code': 500, 'message': 'no'})
        self.failed_with = None

    def make_runner(self, name='controller', host=None):
        return runner.Runner(
            incarnation=records.controller(self.context, name), host=host,
            phases={SCHEDULE: runner.Workflow(self.run_phase, self.on_failure)},
            wake=lambda _context, *what: self.woken.append(what),
            submit=lambda work, *args: self.submitted.append((work, args)))

    def record(self):
        (self.server,), operation_id = records.servers(self.context)
        return operation_id

    def run_phase(self, context, work, lease):
        self.ran.append(work.operation.id)
        if isinstance(self.result, BaseException):
            raise self.result
        if callable(self.result):
            return self.result(context, work, lease)
        return self.result

    def on_failure(self, _context, work, error):
        self.failed_with = error
        return objects.Outcome(vm_state=vm.ERROR, fault={'code': 500, 'message': 'failed'})

    def pump(self):
        while self.submitted:
            work, args = self.submitted.pop(0)
            work(*args)

    def run_one(self):
        operation_id = self.record()
        self.runner.wake_up(operation_id, self.server['uuid'])
        self.pump()
        return operation_id

    def operation(self, operation_id):
        return objects_base.store('operations').get(self.context, operation_id)

    def vm_state(self):
        return objects_base.store('instances').get_by_uuid(
            self.context, self.server['uuid'])['vm_state']


class LineTest(RunnerCase):
    """What lines up for one server."""

    def test_it_tells_what_runs_and_what_waits(self):
        told = []
        self.result = lambda _context, work, _lease: (
            told.append(self.runner.described()) or
            objects.Outcome(vm_state=vm.ERROR, fault={'code': 500, 'message': 'no'}))
        operation_id = self.record()
        uuid = self.server['uuid']
        self.runner.wake_up(operation_id, uuid)
        self.runner.wake_up(operation_id + 1, uuid)
        self.assertIn(f'operation {operation_id} is asked for, behind it',
                      self.runner.described()[f'server {uuid}'])
        self.pump()
        self.assertRegex(told[0][f'server {uuid}'],
                         rf'^operation {operation_id} build/schedule, lease 1, for \d+\.\d s, '
                         rf'behind it \[{operation_id + 1}\]$')
        self.assertEqual({}, self.runner.described())

    def test_one_server_is_worked_on_by_one_thread_in_the_order_of_the_wake_ups(self):
        first, second = self.record(), self.record()
        self.runner.wake_up(first, 'server')
        self.runner.wake_up(second, 'server')
        self.assertEqual(1, len(self.submitted))
        self.pump()
        self.assertEqual([first, second], self.ran)

    def test_servers_do_not_wait_for_each_other(self):
        self.runner.wake_up(self.record(), 'one')
        self.runner.wake_up(self.record(), 'another')
        self.assertEqual(2, len(self.submitted))

    def test_work_of_no_server_lines_up_alone(self):
        self.runner.wake_up(self.record(), None)
        self.runner.wake_up(self.record(), None)
        self.assertEqual(2, len(self.submitted))

    def test_second_wake_up_of_what_is_in_line_is_dropped(self):
        operation_id = self.record()
        self.runner.wake_up(operation_id, 'server')
        self.runner.wake_up(operation_id, 'server')
        self.pump()
        self.assertEqual([operation_id], self.ran)

    def test_wake_up_after_the_line_was_empty_begins_a_new_one(self):
        self.run_one()
        self.run_one()
        self.assertEqual(2, len(self.ran))

    def test_newcomer_makes_the_present_work_ask_whether_it_is_superseded(self):
        second = self.record()
        first = self.record()

        def superseded(_context, work, lease):
            if work.operation.id == first:
                self.runner.wake_up(second, 'server')
                objects_base.store('operations').supersede(
                    self.context, self.server['uuid'], second)
                lease.check()
            return objects.Outcome(vm_state=vm.ERROR)

        self.result = superseded
        self.runner.wake_up(first, 'server')
        self.pump()
        self.assertEqual([first, second], self.ran)
        self.assertEqual(op.SUPERSEDED, self.operation(first)['state'])

    def test_work_that_breaks_does_not_keep_the_next_from_its_turn(self):
        first, second = self.record(), self.record()
        self.patch(self.runner, '_settle', self.break_down)
        self.runner.wake_up(first, 'server')
        self.runner.wake_up(second, 'server')
        self.pump()
        self.assertEqual([first, second], self.ran)
        self.assertIn(f'Operation {first} is left to the sweeper', self.logs.output)

    @staticmethod
    def break_down(*_args):
        raise ZeroDivisionError


class EndTest(RunnerCase):
    """What becomes of a phase."""

    def test_outcome_is_recorded_and_nobody_is_woken(self):
        operation_id = self.run_one()
        self.assertEqual((op.FAILED, vm.ERROR, []), (
            self.operation(operation_id)['state'], self.vm_state(), self.woken))

    def test_hand_over_wakes_the_next_owner(self):
        self.result = objects.HandOver(phase=transitions.SPAWN, host='cmp1', node='cmp1')
        operation_id = self.run_one()
        self.assertEqual([(operation_id, self.server['uuid'], 'cmp1')], self.woken)
        self.assertEqual((op.PENDING, transitions.SPAWN, 'cmp1'), tuple(
            self.operation(operation_id)[name] for name in ('state', 'phase', 'host')))

    def test_context_of_the_work_is_that_of_who_asked(self):
        seen = []
        self.result = lambda context, _work, _lease: seen.append(context)
        self.run_one()
        self.assertEqual((self.context.request_id, 'fred', True), (
            seen[0].request_id, seen[0].user_id, seen[0].is_admin))

    def test_operation_of_another_owner_is_not_run(self):
        operation_id = self.record()
        other = records.controller(self.context, 'other')
        objects.Work.take(self.context, operation_id, other, None)
        self.runner.wake_up(operation_id, self.server['uuid'])
        self.pump()
        self.assertEqual([], self.ran)

    def test_failed_phase_ends_as_its_workflow_says(self):
        self.result = exception.NoValidHost(reason='all are full')
        operation_id = self.run_one()
        self.assertIs(self.result, self.failed_with)
        self.assertEqual((op.FAILED, 'failed'), tuple(
            self.operation(operation_id)[name] for name in ('state', 'message')))

    def test_trace_of_an_unknown_error_is_in_the_log_and_that_of_ours_is_not(self):
        self.result = exception.NoValidHost(reason='all are full')
        self.run_one()
        self.assertNotIn('Traceback', self.logs.output)
        self.result = ZeroDivisionError()
        self.run_one()
        self.assertIn('Traceback', self.logs.output)

    def test_daemon_that_is_away_is_no_fault_of_the_servers(self):
        self.result = exception.MessagingTimeout(method='m', recipient='scheduler', timeout=60)
        operation_id = self.run_one()
        row = self.operation(operation_id)
        self.assertEqual((None, op.PENDING, None, vm.BUILDING), (
            self.failed_with, row['state'], row['owner'], self.vm_state()))

    def test_phase_that_this_process_can_not_run_is_given_back(self):
        self.runner._phases.clear()
        operation_id = self.run_one()
        row = self.operation(operation_id)
        self.assertEqual(([], op.PENDING, None), (self.ran, row['state'], row['owner']))

    def test_failure_that_can_not_be_dealt_with_gives_the_phase_back(self):
        self.result = OSError()
        self.runner._phases[SCHEDULE] = runner.Workflow(self.run_phase, self.raise_again)
        row = self.operation(self.run_one())
        self.assertEqual((op.PENDING, None), (row['state'], row['owner']))

    @staticmethod
    def raise_again(_context, _work, error):
        raise error

    def test_work_that_was_taken_over_ends_silently(self):
        self.result = exception.LeaseLost(operation_id=1, lease=1)
        operation_id = self.run_one()
        self.assertEqual((None, op.RUNNING), (
            self.failed_with, self.operation(operation_id)['state']))

    def test_result_that_comes_too_late_changes_nothing(self):
        def deleted_meanwhile(_context, _work, _lease):
            delete._record(self.context, self.server['uuid'],
                           transitions.TABLE[transitions.DELETE])
            return objects.HandOver(phase=transitions.SPAWN, host='cmp1', node='cmp1')

        self.result = deleted_meanwhile
        operation_id = self.run_one()
        self.assertEqual((op.SUPERSEDED, []), (
            self.operation(operation_id)['state'], self.woken))


class OutageTest(RunnerCase):
    """The way to the database is broken for a while."""

    def setUp(self):
        super().setUp()
        self.pauses = []
        self.patch(self.runner, '_pause', self.pauses.append)

    def break_finish(self, times):
        finish = objects.Operation.finish
        self.tries = 0

        def broken(*args):
            self.tries += 1
            if self.tries <= times:
                raise exception.DatabaseUnavailable
            return finish(*args)
        self.patch(objects.Operation, 'finish', broken)

    def test_outcome_is_recorded_when_the_way_is_there_again(self):
        self.break_finish(7)
        operation_id = self.run_one()
        self.assertEqual(op.FAILED, self.operation(operation_id)['state'])
        self.assertEqual([0.2, 0.5, 1, 2, 5, 5, 5], self.pauses)

    def test_process_that_stops_does_not_ask_for_ever(self):
        self.break_finish(99)
        self.patch(self.runner, '_pause', lambda _delay: self.runner.stop())
        operation_id = self.run_one()
        self.assertEqual(1, self.tries)
        self.assertEqual(op.PENDING, self.operation(operation_id)['state'])


class WorkflowMarkTest(base.TestCase):

    @staticmethod
    def module():
        @runner.workflow(*SCHEDULE, on_failure=lambda worker, context, work, error: (
            worker, 'failed'))
        def schedule(worker, context, work, lease):
            return worker, 'ran'
        return types.SimpleNamespace(schedule=schedule, CONSTANT=3)

    def test_phases_of_modules_are_bound_to_their_worker(self):
        found = runner.phases_of([self.module()], 'me')
        self.assertEqual([SCHEDULE], list(found))
        self.assertEqual(('me', 'ran'), found[SCHEDULE].run(None, None, None))
        self.assertEqual(('me', 'failed'), found[SCHEDULE].on_failure(None, None, None))

    def test_phase_that_the_table_does_not_have_is_an_error_at_once(self):
        self.assertRaises(KeyError, runner.workflow, transitions.BUILD, 'fly', on_failure=None)


class DrainTest(RunnerCase):
    """The end of the process."""

    def test_what_waits_is_left_and_others_are_woken(self):
        operation_id = self.record()
        self.runner.wake_up(operation_id, self.server['uuid'])
        self.assertFalse(self.runner.drain(0))
        self.pump()
        self.assertEqual([], self.ran)
        self.assertEqual(op.PENDING, self.operation(operation_id)['state'])

    def test_wake_up_during_the_stop_is_passed_on(self):
        self.assertTrue(self.runner.drain(0))
        operation_id = self.record()
        self.runner.wake_up(operation_id, self.server['uuid'])
        self.runner.drain(0)
        self.assertEqual([(operation_id, self.server['uuid'], None)], self.woken)
        self.assertEqual([], self.submitted)

    def test_what_takes_too_long_is_handed_back(self):
        def slow(context, work, lease):
            self.assertFalse(self.runner.drain(0))
            lease.contest()
            lease.check()
            return self.fail('it is no longer ours')

        self.result = slow
        operation_id = self.run_one()
        record = self.operation(operation_id)
        self.assertEqual((op.PENDING, None), (record['state'], record['owner']))
        self.assertEqual([(operation_id, self.server['uuid'], None)], self.woken)

    def test_what_ends_in_time_is_waited_for(self):
        operation_id = self.run_one()
        self.assertTrue(self.runner.drain(0))
        self.assertEqual(op.FAILED, self.operation(operation_id)['state'])
        self.assertEqual([], self.woken)
