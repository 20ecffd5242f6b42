# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/steps.py."""

from nova_lite import exception, steps
from tests import base


class World:
    """A set of effects that steps make and undo."""

    def __init__(self, names, *, failing=None, failing_undo=None):
        self.effects = []
        self.failing = failing
        self.steps = [
            steps.Step(name, self._doer(name), self._undoer(name, failing_undo),
                       lambda _state, name=name: name in self.effects)
            for name in names]

    def _doer(self, name):
        def do(_state):
            self.effects.append(name)
            if name == self.failing:
                raise ValueError(f'{name} broke')
        return do

    def _undoer(self, name, failing_undo):
        def undo(_state):
            if name == failing_undo:
                raise OSError('stuck')
            if name in self.effects:
                self.effects.remove(name)
        return undo


class StepsTest(base.TestCase):
    """A workflow as a list of steps."""

    names = ('disk', 'network', 'guest')

    def setUp(self):
        super().setUp()
        self.journal = steps.Journal('cmp1')

    def run_steps(self, world, before_each=lambda name: None):
        steps.run(world.steps, None, journal=self.journal, before_each=before_each)

    def test_all_steps_are_done_in_order(self):
        world = World(self.names)
        self.run_steps(world)
        self.assertEqual(list(self.names), world.effects)
        self.assertEqual(list(self.names), [event['event'] for event in self.journal.events])

    def test_steps_that_have_happened_are_not_done_again(self):
        world = World(self.names)
        self.run_steps(world)
        self.run_steps(world)
        self.assertEqual(list(self.names), world.effects)

    def test_nothing_is_left_whichever_step_fails(self):
        for name in self.names:
            world = World(self.names, failing=name)
            self.assertRaises(ValueError, self.run_steps, world)
            self.assertEqual([], world.effects)

    def test_failed_step_says_why_in_its_event(self):
        self.assertRaises(ValueError, self.run_steps, World(self.names, failing='network'))
        event = next(event for event in self.journal.events if event['event'] == 'network')
        self.assertEqual((steps.ERROR, 'network broke'), (event['result'], event['details']))

    def test_failing_undo_does_not_stop_the_others(self):
        world = World(self.names, failing='guest', failing_undo='network')
        error = self.assertRaises(exception.UndoFailed, self.run_steps, world)
        self.assertEqual(['network'], world.effects)
        self.assertIn('stuck', str(error))

    def test_lost_lease_leaves_everything_to_whoever_took_over(self):
        world = World(self.names)

        def lose_before_guest(name):
            if name == 'guest':
                raise exception.LeaseLost(operation_id=1, lease=1)

        self.assertRaises(exception.LeaseLost, self.run_steps, world, lose_before_guest)
        self.assertEqual(['disk', 'network'], world.effects)
