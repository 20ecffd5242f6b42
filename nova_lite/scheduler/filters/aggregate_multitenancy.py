# SPDX-License-Identifier: Apache-2.0
"""Aggregates that are kept for some projects."""

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.filters import base

KEY = 'filter_tenant_id'
OTHER_PROJECTS = base.Cause('aggregate_multitenancy', 'is kept for other projects',
                            'are kept for other projects')


class AggregateMultiTenancyIsolation(base.Filter):
    """The host's aggregates name the project, or none at all.

    A project that they name can also go to hosts that are kept for nobody.
    """

    needs = frozenset({Fact.AGGREGATES})

    def why_not(self, request, host):
        """Look the project up."""
        projects = host.aggregates.values.get(KEY)
        if not projects or request.project_id in projects:
            return None
        return base.Rejection(OTHER_PROJECTS)
