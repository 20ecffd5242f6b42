# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/sweeping.py: what stands still, and how it is moved on."""

from oslo_utils import fixture as utils_fixture

from nova_lite import exception, objects
from nova_lite.db.stores import actions, idempotency, operations, sweeping
from nova_lite.states import operation as op
from nova_lite.states import transitions
from tests import base
from tests.fixtures import database, records


class SweepingTest(base.TestCase):
    """A build that is with cmp1."""

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.clock = self.useFixture(utils_fixture.TimeFixture())
        self.context = records.caller(is_admin=True)
        self.controller = records.controller(self.context)
        self.host = records.compute_host(self.context)
        (self.server,), self.operation_id = records.servers(self.context)

    def go_to_host(self):
        work = objects.Work.take(self.context, self.operation_id, self.controller, None)
        objects.Operation.hand_over(
            self.context, self.operation_id, work.operation.lease, objects.HandOver(
                phase=transitions.SPAWN, host='cmp1', node='cmp1', changes={'tried': [1]}))

    def take_on_host(self):
        self.go_to_host()
        return objects.Work.take(self.context, self.operation_id, self.host, 'cmp1')

    def seen(self):
        """Answer the operation as a sweeper has seen it."""
        return objects.Operation.from_row(self.context, self.row())

    def row(self):
        return operations.get(self.context, self.operation_id)

    def symptoms(self):
        row, = sweeping.unsettled(self.context)
        return row['owner_lives'], row['host_is_up'], row['idle']

    def lose_host(self):
        self.clock.advance_time_seconds(61)

    def test_operation_without_owner_and_host_shows_that(self):
        self.clock.advance_time_seconds(7)
        self.assertEqual((False, False, 7.0), self.symptoms())

    def test_owner_and_host_live_until_they_are_silent(self):
        self.take_on_host()
        self.assertEqual((True, True, 0.0), self.symptoms())
        self.lose_host()
        self.assertEqual((False, False, 61.0), self.symptoms())

    def test_quietest_come_first_and_only_so_many(self):
        self.patch(sweeping, 'PAGE', 2)
        for _number in range(2):
            self.clock.advance_time_seconds(1)
            records.servers(self.context)
        idle = [row['idle'] for row in sweeping.unsettled(self.context)]
        self.assertEqual([2.0, 1.0], idle)

    def test_operation_that_waits_for_its_host_is_swept_when_that_is_back(self):
        self.take_on_host()
        self.lose_host()
        sweeping.wait_for_host(self.context, self.seen())
        self.assertEqual([], sweeping.unsettled(self.context))
        records.compute_host(self.context)
        self.assertEqual([self.operation_id],
                         [row['id'] for row in sweeping.unsettled(self.context)])

    def test_wait_for_a_host_is_shown_to_the_user(self):
        self.take_on_host()
        sweeping.wait_for_host(self.context, self.seen())
        action = actions.of_operation(self.context, self.operation_id)
        self.assertEqual([('waiting for host', 'cmp1')], [
            (event['event'], event['host'])
            for event in actions.list_events(self.context, action['id'])])

    def test_work_goes_on_without_its_host_and_knows_whom_it_lost(self):
        self.take_on_host()
        sweeping.go_on_without_host(self.context, self.seen())
        row = self.row()
        self.assertEqual((op.PENDING, transitions.RESCHEDULE, None, None, False, 0), tuple(
            row[name] for name in ('state', 'phase', 'host', 'owner', 'host_may_hold',
                                   'attempts')))
        self.assertEqual(('cmp1', [1]), (row['arguments']['lost_host'],
                                         row['arguments']['tried']))

    def test_host_that_comes_back_late_has_lost_its_lease(self):
        work = self.take_on_host()
        sweeping.go_on_without_host(self.context, self.seen())
        self.assertRaises(exception.LeaseLost, objects.Operation.progress, self.context,
                          self.operation_id, work.operation.lease)

    def test_owner_that_hangs_loses_its_lease(self):
        work = objects.Work.take(self.context, self.operation_id, self.controller, None)
        sweeping.release(self.context, self.seen())
        self.assertEqual((op.PENDING, None), (self.row()['state'], self.row()['owner']))
        self.assertRaises(exception.LeaseLost, objects.Operation.progress, self.context,
                          self.operation_id, work.operation.lease)

    def test_wake_up_gives_the_owner_time_again(self):
        self.clock.advance_time_seconds(9)
        sweeping.note_wake_up(self.context, self.seen())
        self.assertEqual(0.0, self.symptoms()[2])

    def test_wake_up_is_no_sign_of_progress_of_who_runs(self):
        self.take_on_host()
        self.clock.advance_time_seconds(9)
        sweeping.note_wake_up(self.context, self.seen())
        self.assertEqual(9.0, self.symptoms()[2])

    def test_operation_that_has_moved_since_it_was_seen_is_left_alone(self):
        self.go_to_host()
        seen = self.seen()
        objects.Work.take(self.context, self.operation_id, self.host, 'cmp1')
        before = self.row()
        for change in (sweeping.note_wake_up, sweeping.release, sweeping.wait_for_host,
                       sweeping.go_on_without_host):
            self.assertRaises(exception.LeaseLost, change, self.context, seen)
        self.assertEqual(before, self.row())

    def test_refused_wait_leaves_no_step(self):
        self.go_to_host()
        seen = self.seen()
        objects.Work.take(self.context, self.operation_id, self.host, 'cmp1')
        self.assertRaises(exception.LeaseLost, sweeping.wait_for_host, self.context, seen)
        action = actions.of_operation(self.context, self.operation_id)
        self.assertEqual([], actions.list_events(self.context, action['id']))

    def test_keys_are_forgotten_when_their_time_is_over(self):
        self.override('operations', idempotency_key_lifetime=100)
        idempotency.remember(self.context, 'old', 'h', 'r-1')
        self.clock.advance_time_seconds(60)
        idempotency.remember(self.context, 'young', 'h', 'r-2')
        self.clock.advance_time_seconds(60)
        sweeping.forget_expired_keys(self.context)
        with operations.engine.reader() as connection:
            left = connection.execute(sweeping.keys.select()).all()
        self.assertEqual(['young'], [row.key for row in left])
