# SPDX-License-Identifier: Apache-2.0
"""Server groups: members on one host, or on different ones.

The claim checks the same again while nobody else can place members
(scheduler/claim.py).
"""

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler import groups
from nova_lite.scheduler.filters import base

ELSEWHERE = base.Cause('group_affinity', 'runs no member of the server group',
                       'run no member of the server group')
TOGETHER = base.Cause('group_anti_affinity', 'runs as many members of the server group as it may',
                      'run as many members of the server group as they may')


class _ServerGroupFilter(base.Filter):
    """Common to both policies."""

    needs = frozenset({Fact.GROUP})
    sees_picks = True
    policy: str
    cause: base.Cause

    def concerns(self, request):
        return bool(request.hint(groups.HINT))

    def applies(self, request):
        """Whether the request is for a member of a group with this policy."""
        return request.group is not None and request.group.policy == self.policy

    def why_not(self, request, host):
        """Look at the members' hosts, and at where others of the same request go."""
        if not self.applies(request) or request.group.allows(host.host):
            return None
        return base.Rejection(self.cause)


class ServerGroupAffinityFilter(_ServerGroupFilter):
    """Members go where members are; the first of them anywhere."""

    policy = groups.AFFINITY
    cause = ELSEWHERE

    def narrow(self, request, cut):
        """The members' hosts are known by name."""
        if self.applies(request) and request.group.members:
            return cut.only(request.group.members)
        return cut


class ServerGroupAntiAffinityFilter(_ServerGroupFilter):
    """A host has one member, or as many as ``max_server_per_host`` allows."""

    policy = groups.ANTI_AFFINITY
    cause = TOGETHER

    def narrow(self, request, cut):
        """The members' hosts are known by name."""
        return cut.without(request.group.full_hosts) if self.applies(request) else cut
