# SPDX-License-Identifier: Apache-2.0
"""Flavors that ask for aggregates, by their extra specs."""

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler import extra_specs
from nova_lite.scheduler.filters import base

SCOPE = 'aggregate_instance_extra_specs'
NOT_IN_AGGREGATE = base.Cause('aggregate_extra_specs', 'is in no aggregate with',
                              'are in no aggregate with')


def wanted_of(specs):
    """Answer the extra specs with the scope or without one."""
    return extra_specs.within(SCOPE, specs)


class AggregateInstanceExtraSpecsFilter(base.Filter):
    """The host's aggregates have all that the flavor's extra specs of this scope ask for."""

    needs = frozenset({Fact.AGGREGATES})

    def concerns(self, request):
        return bool(wanted_of(request.extra_specs))

    def why_not(self, request, host):
        """Hold each extra spec against the values that the aggregates have for its key."""
        wanted = wanted_of(request.extra_specs)
        for key, requirement in wanted.items():
            values = host.aggregates.values.get(key, ())
            if not any(extra_specs.satisfies(value, requirement) for value in values):
                return base.Rejection(NOT_IN_AGGREGATE, detail=extra_specs.in_words(wanted))
        return None
