# SPDX-License-Identifier: Apache-2.0
"""Server groups as the scheduler sees them: where members are, what the policy says of a host."""

import collections

from nova_lite.db.stores import scheduling_facts

AFFINITY = 'affinity'
ANTI_AFFINITY = 'anti-affinity'
SOFT_AFFINITY = 'soft-affinity'
SOFT_ANTI_AFFINITY = 'soft-anti-affinity'
STRICT = frozenset({AFFINITY, ANTI_AFFINITY})

MAX_SERVER_PER_HOST = 'max_server_per_host'

HINT = 'group'


class Group:
    """A server group while a decision is made; ``place`` counts what is decided.

    :ivar members: host -> how many members hold room there
    """

    def __init__(self, group_id, policy, rules, members):
        self.id = group_id
        self.policy = policy
        self.rules = rules
        self.max_server_per_host = int(rules.get(MAX_SERVER_PER_HOST, 1))
        self.members = collections.Counter(members)

    @property
    def is_strict(self):
        """Whether the policy forbids hosts, rather than to like them less."""
        return self.policy in STRICT

    @property
    def full_hosts(self):
        """Hosts that have as many members as anti-affinity allows."""
        return {host for host, number in self.members.items()
                if number >= self.max_server_per_host}

    def allows(self, host):
        """Whether a strict policy lets one more member go to a host."""
        if self.policy == AFFINITY:
            return not self.members or host in self.members
        if self.policy == ANTI_AFFINITY:
            return self.members[host] < self.max_server_per_host
        return True

    def copy(self):
        """Answer another one that counts for itself."""
        return Group(self.id, self.policy, self.rules, self.members)

    def place(self, host):
        """Count one more member on a host."""
        self.members[host] += 1


def read(context, uuid, newcomers):
    """Answer a group by its uuid; None if it was deleted: then nothing is asked for any more.

    :param newcomers: uuids of the servers that are being placed; what they
        hold on a host that failed counts for nothing
    """
    found = scheduling_facts.group(context, uuid)
    if found is None:
        return None
    return Group(found.id, found.policy, found.rules, (
        host for member, host in found.placed.items() if member not in newcomers))
