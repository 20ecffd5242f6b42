# SPDX-License-Identifier: Apache-2.0
"""Aggregates that are kept for some projects."""

from nova_lite.scheduler.filters import aggregate_multitenancy
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case


class AggregateMultiTenancyIsolationTest(case.FilterCase):

    filter_class = aggregate_multitenancy.AggregateMultiTenancyIsolation

    def test_only_the_named_projects_get_in(self):
        kept = {'filter_tenant_id': 'demo, ops'}
        self.assert_passes(states.request(project_id='demo'), metadata=kept)
        self.assert_passes(states.request(project_id='ops'), metadata=kept)
        self.assert_excluded('aggregate_multitenancy', states.request(project_id='other'),
                             metadata=kept)

    def test_named_project_may_also_go_elsewhere(self):
        self.assert_passes(states.request(project_id='demo'))
        self.assert_passes(states.request(project_id='demo'), metadata={'ssd': 'true'})

    def test_host_of_two_such_aggregates_takes_the_projects_of_both(self):
        both = [{'filter_tenant_id': 'demo'}, {'filter_tenant_id': 'ops'}]
        self.assert_passes(states.request(project_id='ops'), metadata=both)
