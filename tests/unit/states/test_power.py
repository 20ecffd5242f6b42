# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/states/power.py: what a guest does by itself, as a table of all pairs."""

import itertools

from nova_lite.states import power, vm
from tests import base

CHANGED = {
    (vm.ACTIVE, power.SHUTDOWN): vm.STOPPED,
    (vm.ACTIVE, power.CRASHED): vm.STOPPED,
    (vm.ACTIVE, power.PAUSED): vm.PAUSED,
    (vm.PAUSED, power.RUNNING): vm.ACTIVE,
    (vm.PAUSED, power.SHUTDOWN): vm.STOPPED,
    (vm.STOPPED, power.RUNNING): vm.ACTIVE,
    (vm.STOPPED, power.PAUSED): vm.PAUSED,
    (vm.SUSPENDED, power.RUNNING): vm.ACTIVE,
}


class PowerTest(base.TestCase):

    def test_every_pair_either_changes_as_listed_or_stays(self):
        for vm_state, seen in itertools.product(vm.ALL, power.NAMES):
            self.assertEqual(CHANGED.get((vm_state, seen), vm_state),
                             power.vm_state_after(vm_state, seen), (vm_state, seen))

    def test_error_stays_until_somebody_looks(self):
        self.assertEqual({vm.ERROR}, {
            power.vm_state_after(vm.ERROR, seen) for seen in power.NAMES})

    def test_change_is_seen_once(self):
        for (_before, seen), after in CHANGED.items():
            self.assertEqual(after, power.vm_state_after(after, seen))

    def test_numbers_are_those_of_the_api(self):
        self.assertEqual({0: 'pending', 1: 'running', 3: 'paused', 4: 'shutdown', 6: 'crashed',
                          7: 'suspended'}, power.NAMES)
