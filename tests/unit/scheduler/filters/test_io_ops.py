# SPDX-License-Identifier: Apache-2.0
"""Hosts that are busy."""

from nova_lite.scheduler.filters import io_ops
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case


class IoOpsFilterTest(case.FilterCase):

    filter_class = io_ops.IoOpsFilter

    def test_host_takes_operations_up_to_the_limit(self):
        self.override('filter_scheduler', max_io_ops_per_host=3)
        self.assert_passes(states.request(), io_ops=2)
        self.assert_excluded('io_ops', states.request(), io_ops=3)

    def test_aggregates_do_not_count(self):
        self.assert_passes(states.request(), io_ops=2, metadata={'max_io_ops_per_host': '1'})


class AggregateIoOpsFilterTest(case.FilterCase):

    filter_class = io_ops.AggregateIoOpsFilter

    def test_lowest_limit_of_the_aggregates_holds(self):
        both = [{'max_io_ops_per_host': '20'}, {'max_io_ops_per_host': '10'}]
        self.assert_passes(states.request(), io_ops=9, metadata=both)
        self.assert_excluded('io_ops', states.request(), io_ops=10, metadata=both)

    def test_host_without_such_an_aggregate_has_the_configured_limit(self):
        for metadata in (None, {'ssd': 'true'}, {'max_io_ops_per_host': 'many'}):
            self.assert_passes(states.request(), io_ops=7, metadata=metadata)
            self.assert_excluded('io_ops', states.request(), io_ops=8, metadata=metadata)
