# SPDX-License-Identifier: Apache-2.0
"""The claim: room for all servers of a request, and the record of the decision.

One transaction, whose first write is the operation's row: an operation that
supersedes this one waits for the claim and frees it, or comes first and the
claim is not made.
"""

import dataclasses

from nova_lite.db import engine
from nova_lite.db.stores import decisions, inventories, operations


@dataclasses.dataclass(frozen=True)
class Lease:
    """On whose behalf is claimed: the operation and the lease its worker holds."""

    operation_id: int
    number: int


@engine.retry_on_deadlock
def take(context, lease, claims, *, replaced, decision):
    """Claim, and record why, or neither.

    :param claims: list of inventories.Claim
    :param replaced: consumer -> node id of older claims that go in the same moment
    :param decision: the row for stores/decisions.py
    :raises LeaseLost: if the operation is no longer its worker's
    :raises AlreadyClaimed: if this claim was made before
    :raises ClaimRefused: if a node is not to be had any more
    """
    with engine.writer(context):
        operations.progress(context, lease.operation_id, lease.number)
        inventories.claim(context, claims, replaced=replaced)
        decisions.add(context, decision)
