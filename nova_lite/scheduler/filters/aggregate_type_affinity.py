# SPDX-License-Identifier: Apache-2.0
"""Aggregates that take only some flavors, by name."""

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.filters import base

KEY = 'instance_type'
OTHER_FLAVORS = base.Cause('aggregate_type_affinity', 'is kept for other flavors',
                           'are kept for other flavors')


class AggregateTypeAffinityFilter(base.Filter):
    """The host's aggregates name the flavor, or none at all."""

    needs = frozenset({Fact.AGGREGATES})

    def why_not(self, request, host):
        """Look the flavor's name up."""
        names = host.aggregates.values.get(KEY)
        if not names or request.flavor_name in names:
            return None
        return base.Rejection(OTHER_FLAVORS)
