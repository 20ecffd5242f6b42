# SPDX-License-Identifier: Apache-2.0
"""Weights by members of the request's server group, for the policies that only prefer."""

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler import groups
from nova_lite.scheduler.weights import base


class _ServerGroupWeigher(base.Weigher):
    """Common to both policies."""

    needs = frozenset({Fact.GROUP})
    policy: str

    def concerns(self, request):
        """Without the hint there is no group; a group that was deleted asks for nothing."""
        return bool(request.hint(groups.HINT)) and (
            request.group is None or request.group.policy == self.policy)

    def figure(self, request, host):
        """Members on the host, with those of the same request that were placed before."""
        return request.group.members[host.host] if request.group else 0


class ServerGroupSoftAffinityWeigher(_ServerGroupWeigher):
    """Prefers hosts with many members."""

    option = 'soft_affinity_weight_multiplier'
    policy = groups.SOFT_AFFINITY


class ServerGroupSoftAntiAffinityWeigher(_ServerGroupWeigher):
    """Prefers hosts with few members."""

    option = 'soft_anti_affinity_weight_multiplier'
    policy = groups.SOFT_ANTI_AFFINITY

    def figure(self, request, host):
        """Members, negative: the option is positive and means spreading."""
        return -super().figure(request, host)
