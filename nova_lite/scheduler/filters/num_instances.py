# SPDX-License-Identifier: Apache-2.0
"""The host has not too many servers, with a limit for all or by aggregate."""

from oslo_config import cfg

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.filters import base

CONF = cfg.CONF
LIMIT = 'max_instances_per_host'
"""The option, and the key of an aggregate's metadata."""

CROWDED = base.Cause('num_instances', 'has as many servers as it may',
                     'have as many servers as they may')


class NumInstancesFilter(base.Filter):
    """Fewer servers hold room on the host than the option allows."""

    needs = frozenset({Fact.SERVERS})

    def limit_of(self, host):
        """Answer how many there may be."""
        return CONF.filter_scheduler.max_instances_per_host

    def why_not(self, request, host):
        """Compare the number of servers."""
        return base.Rejection(CROWDED) if host.num_instances >= self.limit_of(host) else None


class AggregateNumInstancesFilter(NumInstancesFilter):
    """The lowest limit of the host's aggregates holds; without one, the option."""

    needs = frozenset({Fact.SERVERS, Fact.AGGREGATES})

    def limit_of(self, host):
        return host.aggregates.number(LIMIT, super().limit_of(host))
