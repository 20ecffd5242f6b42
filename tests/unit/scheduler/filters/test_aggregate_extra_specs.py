# SPDX-License-Identifier: Apache-2.0
"""Flavors that ask for aggregates."""

from nova_lite.scheduler.filters import aggregate_extra_specs
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case

FAST = {'aggregate_instance_extra_specs:ssd': 'true'}


class AggregateInstanceExtraSpecsFilterTest(case.FilterCase):

    filter_class = aggregate_extra_specs.AggregateInstanceExtraSpecsFilter

    def test_flavor_without_extra_specs_of_the_scope_goes_anywhere(self):
        self.assert_not_asked(states.request())
        self.assert_not_asked(states.request(extra_specs={'hw:cpu_policy': 'dedicated'}))

    def test_host_must_be_in_an_aggregate_with_the_value(self):
        request = states.request(extra_specs=FAST)
        self.assert_passes(request, metadata={'ssd': 'true'})
        self.assert_passes(request, metadata=[{'ssd': 'false'}, {'ssd': 'true'}])
        self.assert_passes(request, metadata={'ssd': 'maybe, true'})
        self.assert_excluded('aggregate_extra_specs', request, metadata={'ssd': 'false'})

    def test_host_in_no_aggregate_is_excluded_and_the_message_says_what_is_asked(self):
        found = self.assert_excluded(
            'aggregate_extra_specs', states.request(extra_specs={**FAST, 'gpu': '>= 2'}))
        self.assertEqual('gpu >= 2, ssd true', found.detail)

    def test_key_without_scope_and_operators_count_too(self):
        request = states.request(extra_specs={'gpu': '>= 2', 'rack': '<or> r1 <or> r2'})
        self.assert_passes(request, metadata={'gpu': '4', 'rack': 'r2'})
        self.assert_excluded('aggregate_extra_specs', request, metadata={'gpu': '1', 'rack': 'r2'})
        self.assert_excluded('aggregate_extra_specs', request, metadata={'gpu': '4'})
