# SPDX-License-Identifier: Apache-2.0
"""Weight by the number of servers."""

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.weights import base


class NumInstancesWeigher(base.Weigher):
    """Prefers hosts with many servers; with a negative multiplier, those with few."""

    option = 'num_instances_weight_multiplier'
    needs = frozenset({Fact.SERVERS})

    def figure(self, request, host):
        """Servers that hold room on the host."""
        return host.num_instances
