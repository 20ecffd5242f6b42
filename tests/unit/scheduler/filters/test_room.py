# SPDX-License-Identifier: Apache-2.0
"""Room of classes that not every host has."""

from nova_lite.scheduler import host_state
from nova_lite.scheduler.filters import room
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case


class ResourceClassFilterTest(case.FilterCase):

    filter_class = room.ResourceClassFilter

    def excluded(self, needed, *figures, least=1, most=100, step=1):
        """Answer why a host with so much (total, free) does not do."""
        host = states.host()
        if figures:
            host.rooms['CUSTOM_FPGA'] = host_state.DividedRoom(
                host_state.Room(*figures), least, most, step)
        return self.rejection(states.request(amounts={'VCPU': 1, 'CUSTOM_FPGA': needed}), host)

    def test_usual_classes_are_the_business_of_others(self):
        self.assert_not_asked(states.request())

    def test_host_with_enough_passes(self):
        self.assertIsNone(self.excluded(4, 8, 4))

    def test_lack_is_told_in_figures(self):
        found = self.excluded(4, 8, 3)
        self.assertEqual(('has too little CUSTOM_FPGA', 4, 3),
                         (found.cause.one, found.needed, found.available))

    def test_overcommitment_makes_no_server_larger_than_its_host(self):
        self.assertEqual(2, self.excluded(4, 2, 8).available)

    def test_host_that_has_none_has_too_little(self):
        self.assertEqual((4, 0), (self.excluded(4).needed, self.excluded(4).available))

    def test_amount_that_is_not_given_out_is_told(self):
        for units in ({'least': 5}, {'most': 3}, {'step': 3}):
            self.assertEqual('does not give 4 CUSTOM_FPGA to one server',
                             self.excluded(4, 8, 8, **units).cause.one)
