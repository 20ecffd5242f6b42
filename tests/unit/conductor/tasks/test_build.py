# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/conductor/tasks/build.py: which host next, and when enough were tried."""

from nova_lite import exception, objects
from nova_lite.conductor.tasks import build
from nova_lite.objects import base as objects_base
from nova_lite.states import transitions, vm
from tests.fixtures import records
from tests.unit.conductor.tasks import case

PROBLEM = {'message': 'disk full', 'can_be_tried_elsewhere': True}


class ScheduleTest(case.TaskCase):

    def begin(self, **changes):
        _rows, operation_id = records.servers(self.context, **changes)
        return self.take(operation_id)

    def schedule(self, work):
        return build.schedule(self.controller, self.context, work, self.lease(work))

    def test_build_goes_to_the_chosen_host_which_has_not_been_tried(self):
        self.scheduler.answers = [['cmp1']]
        handed = self.schedule(self.begin())
        self.assertEqual((transitions.SPAWN, 'cmp1', 'cmp1-node', True, []), (
            handed.phase, handed.host, handed.node, handed.allocate_networks,
            handed.changes['tried']))

    def test_scheduler_is_asked_with_the_lease_and_what_was_wished(self):
        self.scheduler.answers = [['cmp1']]
        work = self.begin(force_host='cmp1', availability_zone='az')
        self.schedule(work)
        asked, = self.scheduler.asked
        self.assertEqual((work.operation.id, work.operation.lease, [work.instance.uuid], [],
                          False), tuple(asked[name] for name in (
                              'operation_id', 'lease', 'consumers', 'exclude', 'release_first')))
        self.assertEqual((['cmp1'], 'az'), (
            asked['spec'].force_hosts, asked['spec'].availability_zone))

    def test_step_says_who_was_chosen(self):
        self.scheduler.answers = [['cmp1']]
        event, = self.schedule(self.begin()).events
        self.assertEqual(('conductor_schedule_instances', 'ctl', 'chose cmp1 (cmp1-node)'), (
            event['event'], event['host'], event['details']))

    def test_server_without_a_host_is_an_error_that_says_why(self):
        self.scheduler.answers = [exception.NoValidHost(reason='all are full')]
        work = self.begin()
        error = self.assertRaises(exception.NoValidHost, self.schedule, work)
        outcome = build.give_up(self.controller, self.context, work, error)
        self.assertEqual((vm.ERROR, 'Error'), (outcome.vm_state, outcome.events[0]['result']))
        self.assertIn('all are full', outcome.fault['message'])


class RescheduleTest(case.TaskCase):
    """The build comes back from cmp1."""

    def setUp(self):
        super().setUp()
        records.compute_host(self.context)
        _rows, self.operation_id = records.servers(self.context)

    def come_back(self, **changes):
        """Answer the work after the first host; without changes that host was lost."""
        host = {'host': 'cmp1', 'node': 'cmp1'} if not changes else {}
        if host:
            work = self.take(self.operation_id)
            objects.Operation.hand_over(
                self.context, self.operation_id, work.operation.lease,
                objects.HandOver(phase=transitions.SPAWN, **host))
            row = self.operation(self.operation_id)
            objects_base.store('sweeping').go_on_without_host(
                self.context, objects.Operation.from_row(self.context, row))
        else:
            work = self.take(self.operation_id)
            objects.Operation.hand_over(
                self.context, self.operation_id, work.operation.lease,
                objects.HandOver(phase=transitions.RESCHEDULE, changes=changes))
        return self.take(self.operation_id)

    def reschedule(self, work):
        return build.reschedule(self.controller, self.context, work, self.lease(work))

    def test_host_that_failed_is_not_asked_again_and_its_room_goes_with_the_new_claim(self):
        self.scheduler.answers = [['cmp2']]
        handed = self.reschedule(self.come_back(failed_on=['cmp1', 'cmp1'], problem=PROBLEM))
        asked, = self.scheduler.asked
        self.assertEqual(([['cmp1', 'cmp1']], True), (asked['exclude'], asked['release_first']))
        self.assertEqual(('cmp2', [['cmp1', 'cmp1']], None), (
            handed.host, handed.changes['tried'], handed.changes['problem']))

    def test_addresses_that_the_server_has_are_kept(self):
        self.scheduler.answers = [['cmp2']]
        handed = self.reschedule(self.come_back(failed_on=['cmp1', 'cmp1'], problem=PROBLEM))
        self.assertFalse(handed.allocate_networks)

    def test_all_hosts_that_failed_are_remembered(self):
        self.scheduler.answers = [['cmp3']]
        self.reschedule(self.come_back(
            tried=[['cmp1', 'a']], failed_on=['cmp2', 'b'], problem=PROBLEM))
        self.assertEqual([['cmp1', 'a'], ['cmp2', 'b']], self.scheduler.asked[0]['exclude'])

    def test_host_that_was_lost_counts_as_one_that_failed(self):
        self.scheduler.answers = [['cmp2']]
        self.reschedule(self.come_back())
        self.assertEqual([['cmp1', 'cmp1']], self.scheduler.asked[0]['exclude'])

    def test_what_every_host_would_meet_ends_the_build_with_that_reason(self):
        work = self.come_back(failed_on=['cmp1', 'cmp1'], problem={
            'message': 'Image is corrupt', 'can_be_tried_elsewhere': False})
        error = self.assertRaises(exception.BuildAbort, self.reschedule, work)
        self.assertIn('Image is corrupt', str(error))
        self.assertEqual([], self.scheduler.asked)

    def test_enough_is_enough(self):
        self.override('scheduler', max_attempts=2)
        work = self.come_back(
            tried=[['cmp1', 'a']], failed_on=['cmp2', 'b'], problem=PROBLEM)
        error = self.assertRaises(exception.MaxRetriesExceeded, self.reschedule, work)
        for words in ('2 host(s)', 'cmp1, cmp2', 'disk full'):
            self.assertIn(words, str(error))

    def test_loss_of_the_last_host_is_the_reason(self):
        self.override('scheduler', max_attempts=1)
        error = self.assertRaises(
            exception.MaxRetriesExceeded, self.reschedule, self.come_back())
        self.assertIn('host cmp1 was lost', str(error))
