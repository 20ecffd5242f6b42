# SPDX-License-Identifier: Apache-2.0
"""Changes that are tried on copies."""

from nova_lite.scheduler import changes
from tests import base
from tests.unit.scheduler import states


class ChangesTest(base.TestCase):

    def test_changes_are_applied_to_copies_one_after_the_other(self):
        host, request = states.host(disabled=True), states.request(zone='east')
        less = [changes.asking(name, name, 3, lambda asked, name=name: {
            'amounts': {**asked.amounts, name: 1}}) for name in ('VCPU', 'MEMORY_MB')]
        enabled = changes.setting('enable', 'enable', 4, host, disabled=False)
        asked, changed = changes.applied((*less, enabled), request, host)
        self.assertEqual((1, 1, 10), tuple(asked.amounts[name] for name in (
            'VCPU', 'MEMORY_MB', 'DISK_GB')))
        self.assertEqual((False, True), (changed.disabled, host.disabled))
        self.assertEqual(1024, request.amounts['MEMORY_MB'])

    def test_copy_has_its_own_room(self):
        host = states.host()
        changes.copy_of(host).rooms['VCPU'].free = 0
        self.assertEqual(64, host.free_vcpus)

    def test_change_without_known_effect_can_not_be_tried(self):
        change = changes.Change('configuration', 'set it', changes.Effort.SET, host='cmp1')
        self.assertEqual({'kind': 'configuration', 'text': 'set it', 'host': 'cmp1', 'cost': 4,
                          'tried': False}, change.told())
