# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/operations/sweep.py: the decision."""

from nova_lite.operations import sweep
from nova_lite.states import operation as op
from nova_lite.states import transitions
from tests import base


def remedy(kind=transitions.BUILD, phase=transitions.SPAWN, state=op.RUNNING, *,
           absence_counts=True, **known):
    symptoms = {'owner_lives': True, 'host_is_up': True, 'host_may_hold': True, 'idle': 1.0}
    return sweep.remedy_for(
        sweep.Symptoms(kind=kind, phase=phase, state=state, **{**symptoms, **known}),
        wake_up_again_after=5, absence_counts=absence_counts)


class RemedyTest(base.TestCase):
    """What an operation needs, decided from what is known of it."""

    def test_work_in_progress_is_left_alone(self):
        self.assertIs(sweep.Remedy.LEAVE, remedy())

    def test_fresh_wake_up_is_given_time(self):
        self.assertIs(sweep.Remedy.LEAVE, remedy(state=op.PENDING, owner_lives=False))

    def test_lost_wake_up_is_sent_again(self):
        self.assertIs(sweep.Remedy.WAKE,
                      remedy(state=op.PENDING, owner_lives=False, idle=6.0))

    def test_owner_that_died_is_replaced_at_once(self):
        for phase in (transitions.SCHEDULE, transitions.SPAWN):
            self.assertIs(sweep.Remedy.WAKE, remedy(phase=phase, owner_lives=False))

    def test_controller_that_hangs_loses_its_lease(self):
        self.assertIs(sweep.Remedy.RELEASE, remedy(phase=transitions.SCHEDULE, idle=61.0))

    def test_host_that_hangs_keeps_the_work_and_the_user_sees_it(self):
        self.assertIs(sweep.Remedy.WAIT_FOR_HOST, remedy(idle=601.0))

    def test_build_goes_elsewhere_when_a_lost_host_holds_nothing(self):
        self.assertIs(sweep.Remedy.GO_ON_WITHOUT_HOST, remedy(
            state=op.PENDING, owner_lives=False, host_is_up=False, host_may_hold=False))

    def test_build_waits_for_a_lost_host_that_may_run_the_guest(self):
        self.assertIs(sweep.Remedy.WAIT_FOR_HOST, remedy(owner_lives=False, host_is_up=False))

    def test_build_that_waits_for_its_host_is_settled(self):
        self.assertIs(sweep.Remedy.LEAVE, remedy(
            state=op.WAITING_FOR_HOST, owner_lives=False, host_is_up=False, idle=9999.0))

    def test_build_that_waited_goes_on_when_its_host_is_back(self):
        self.assertIs(sweep.Remedy.WAKE, remedy(
            state=op.WAITING_FOR_HOST, owner_lives=False, idle=9999.0))

    def test_delete_goes_on_without_its_host_whatever_the_host_holds(self):
        for holds in (True, False):
            self.assertIs(sweep.Remedy.GO_ON_WITHOUT_HOST, remedy(
                kind=transitions.DELETE, phase=transitions.DESTROY, owner_lives=False,
                host_is_up=False, host_may_hold=holds))

    def test_clean_up_waits_for_its_host_however_long(self):
        self.assertIs(sweep.Remedy.WAIT_FOR_HOST, remedy(
            kind=transitions.CLEAN_UP, phase=transitions.REMOVE_LEFTOVERS, state=op.PENDING,
            owner_lives=False, host_is_up=False, host_may_hold=False))

    def test_child_of_a_batch_is_its_parents_business(self):
        self.assertIs(sweep.Remedy.LEAVE, remedy(
            phase=transitions.AWAIT_BATCH, state=op.PENDING, owner_lives=False, idle=9999.0))

    def test_lost_wake_up_is_sent_again_right_after_an_outage(self):
        for phase in (transitions.SCHEDULE, transitions.SPAWN):
            self.assertIs(sweep.Remedy.WAKE, remedy(
                phase=phase, state=op.PENDING, owner_lives=False, host_is_up=False, idle=6.0,
                absence_counts=False))

    def test_nothing_is_taken_from_anybody_right_after_an_outage(self):
        for phase in (transitions.SCHEDULE, transitions.SPAWN):
            self.assertIs(sweep.Remedy.LEAVE, remedy(
                phase=phase, owner_lives=False, host_is_up=False, idle=9999.0,
                absence_counts=False))

    def test_unknown_phase_is_left_to_a_peer_that_knows_it(self):
        self.assertIs(sweep.Remedy.LEAVE, remedy(phase='of tomorrow', owner_lives=False))
        self.assertIs(sweep.Remedy.LEAVE, remedy(kind='of tomorrow', owner_lives=False))
