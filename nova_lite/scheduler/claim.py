# SPDX-License-Identifier: Apache-2.0
"""The claim: room for all servers of a request, and the record of the decision.

One transaction, whose first write is the operation's row: an operation that
supersedes this one waits for the claim and frees it, or comes first and the
claim is not made. Where a server group has a strict policy, the second write
is the group's row: members are placed one after the other, and each claim
looks once more at where the others are.
"""

import dataclasses

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import decisions, inventories, operations, scheduling_facts
from nova_lite.scheduler import groups


@dataclasses.dataclass(frozen=True)
class Lease:
    """On whose behalf is claimed: the operation and the lease its worker holds."""

    operation_id: int
    number: int


@dataclasses.dataclass(frozen=True)
class GroupRule:
    """The strict policy of a server group, and the hosts it shall hold for.

    :ivar hosts: consumer -> host
    """

    uuid: str
    group_id: int
    hosts: dict

    def check(self, context):
        """Hold the choice against where other members are by now.

        Called when the group is locked.

        :raises ClaimRefused: if it is no longer what the policy allows
        """
        group = groups.read(context, self.uuid, self.hosts)
        for host in self.hosts.values() if group else ():
            if not group.allows(host):
                raise exception.ClaimRefused(
                    node_id=host, why=f'its server group ({group.policy}) has changed')
            group.place(host)


@engine.retry_on_deadlock
def take(context, lease, claims, *, replaced, decision, group=None):
    """Claim, and record why, or neither.

    :param claims: list of inventories.Claim
    :param replaced: consumer -> node id of older claims that go in the same moment
    :param decision: the row for stores/decisions.py
    :param group: GroupRule, if the servers are in a group with a strict policy
    :raises LeaseLost: if the operation is no longer its worker's
    :raises AlreadyClaimed: if this claim was made before
    :raises ClaimRefused: if a node is not to be had any more
    """
    with engine.writer(context):
        operations.progress(context, lease.operation_id, lease.number)
        if group:
            scheduling_facts.lock_group(context, group.group_id)
        inventories.claim(context, claims, replaced=replaced)
        if group:
            # After the claim: a plain read fixes what the transaction sees, and comes last.
            group.check(context)
        decisions.add(context, decision)
