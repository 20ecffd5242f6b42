# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/notifications/lifecycle.py: which notification a change is."""

from nova_lite import objects
from nova_lite.notifications import lifecycle
from nova_lite.notifications.lifecycle import Moment, Stage
from nova_lite.states import transitions
from tests import base

CREATE, DELETE = 'create', 'delete'


class LifecycleTest(base.TestCase):

    def hand_over(self, phase, next_phase, **values):
        return lifecycle.handed_over(
            transitions.BUILD, phase, objects.HandOver(phase=next_phase, **values))

    def test_action_starts_when_a_host_or_its_stand_in_is_asked(self):
        for kind, phase, host, found in (
                (transitions.BUILD, transitions.SCHEDULE, None, None),
                (transitions.BUILD, transitions.AWAIT_BATCH, None, None),
                (transitions.DELETE, transitions.DESTROY, 'cmp1',
                 Moment(DELETE, Stage.START, 'cmp1')),
                (transitions.DELETE, transitions.DELETE_LOCALLY, None,
                 Moment(DELETE, Stage.START)),
                (transitions.CLEAN_UP, transitions.REMOVE_LEFTOVERS, 'cmp1', None)):
            self.assertEqual(found, lifecycle.begun(kind, phase, host))

    def test_build_starts_on_each_host_it_is_handed_to(self):
        for phase in (transitions.SCHEDULE, transitions.AWAIT_BATCH, transitions.RESCHEDULE):
            self.assertEqual(Moment(CREATE, Stage.START, 'cmp1'),
                             self.hand_over(phase, transitions.SPAWN, host='cmp1'))

    def test_host_that_failed_is_told_of_when_it_hands_back(self):
        self.assertEqual(
            Moment(CREATE, Stage.ERROR, 'cmp1', 'node1'),
            self.hand_over(transitions.SPAWN, transitions.RESCHEDULE, changes={
                'problem': {'message': 'x'}, 'failed_on': ['cmp1', 'node1']}))

    def test_build_that_a_controller_ends_is_given_up(self):
        for phase, host, stage in ((transitions.SCHEDULE, None, Stage.GIVEN_UP),
                                   (transitions.SPAWN, 'cmp1', Stage.ERROR)):
            self.assertEqual(Moment(CREATE, stage, host), lifecycle.finished(
                transitions.BUILD, phase, host, is_failed=True))

    def test_end_of_what_is_internal_is_nobodys_news(self):
        self.assertIsNone(lifecycle.finished(
            transitions.CLEAN_UP, transitions.REMOVE_LEFTOVERS, 'cmp1', is_failed=False))
        self.assertIsNone(lifecycle.handed_over(
            transitions.CLEAN_UP, transitions.REMOVE_LEFTOVERS, None))

    def test_publisher_and_priority_follow(self):
        self.override(host='here')
        error = Moment(CREATE, Stage.ERROR, 'cmp1')
        self.assertEqual(('instance.create.error', 'nova-compute:cmp1', 'ERROR'),
                         (error.event_type, error.publisher_id, error.priority))
        self.assertEqual('nova-conductor:here', Moment(DELETE, Stage.END).publisher_id)
