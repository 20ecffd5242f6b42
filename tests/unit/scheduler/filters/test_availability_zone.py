# SPDX-License-Identifier: Apache-2.0
"""Hosts of the zone that was asked for."""

from nova_lite.scheduler.filters import availability_zone
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case


class AvailabilityZoneFilterTest(case.FilterCase):

    filter_class = availability_zone.AvailabilityZoneFilter

    def test_request_without_zone_goes_anywhere(self):
        self.assert_not_asked(states.request())
        self.assert_passes(states.request(), availability_zone='east')

    def test_zone_is_kept_and_named(self):
        self.assert_passes(states.request(zone='nova'))
        found = self.assert_excluded('availability_zone', states.request(zone='east'))
        self.assertEqual('east', found.detail)

    def test_database_is_told_the_zone(self):
        request = states.request(zone='east')
        self.assertEqual('east', self.filter_class().narrow(request, request.cut()).zone)
