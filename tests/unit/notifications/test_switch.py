# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/notifications/switch.py: whether anybody is told anything."""

from nova_lite.notifications import sender, switch
from tests import base


class SwitchTest(base.TestCase):

    def test_off_unless_a_driver_that_speaks_is_named(self):
        for drivers, is_on in (([], False), (['noop'], False), ([''], False),
                               (['noop', 'messagingv2'], True)):
            self.override(switch.GROUP, driver=drivers)
            self.assertEqual((is_on, is_on), (switch.is_on(), sender.spacing() > 0))

    def test_states_are_told_only_if_asked_for(self):
        self.override('notifications', notify_on_state_change='vm_state')
        self.assertEqual(frozenset(), switch.causes())
        self.override(switch.GROUP, driver=['messagingv2'])
        self.assertEqual({'vm_state'}, switch.causes())
        self.override('notifications', notify_on_state_change='vm_and_task_state')
        self.assertEqual({'vm_state', 'task_state'}, switch.causes())
