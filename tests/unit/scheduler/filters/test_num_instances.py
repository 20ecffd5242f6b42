# SPDX-License-Identifier: Apache-2.0
"""Hosts with many servers."""

from nova_lite.scheduler.filters import num_instances
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case


class NumInstancesFilterTest(case.FilterCase):

    filter_class = num_instances.NumInstancesFilter

    def test_host_takes_servers_up_to_the_limit(self):
        self.override('filter_scheduler', max_instances_per_host=5)
        self.assert_passes(states.request(), num_instances=4)
        self.assert_excluded('num_instances', states.request(), num_instances=5)


class AggregateNumInstancesFilterTest(case.FilterCase):

    filter_class = num_instances.AggregateNumInstancesFilter

    def test_lowest_limit_of_the_aggregates_holds(self):
        both = [{'max_instances_per_host': '3'}, {'max_instances_per_host': '2'}]
        self.assert_passes(states.request(), num_instances=1, metadata=both)
        self.assert_excluded('num_instances', states.request(), num_instances=2, metadata=both)

    def test_host_without_such_an_aggregate_has_the_configured_limit(self):
        self.assert_passes(states.request(), num_instances=49)
        self.assert_excluded('num_instances', states.request(), num_instances=50)
