# SPDX-License-Identifier: Apache-2.0
"""Aggregates that take only some flavors."""

from nova_lite.scheduler.filters import aggregate_type_affinity
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case


class AggregateTypeAffinityFilterTest(case.FilterCase):

    filter_class = aggregate_type_affinity.AggregateTypeAffinityFilter

    def test_only_the_named_flavors_get_in(self):
        kept = {'instance_type': 'm1.small,m1.large'}
        self.assert_passes(states.request(flavor_name='m1.large'), metadata=kept)
        self.assert_excluded('aggregate_type_affinity', states.request(flavor_name='m1.tiny'),
                             metadata=kept)

    def test_hosts_that_name_no_flavor_take_all(self):
        self.assert_passes(states.request(flavor_name='m1.tiny'))
