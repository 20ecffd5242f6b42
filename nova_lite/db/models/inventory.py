# SPDX-License-Identifier: Apache-2.0
"""What nodes have to give, and who holds how much of it."""

import sqlalchemy as sa

from nova_lite.db.models import base


class Inventory(base.Base):
    """One class of resource of one node.

    Compute reports the totals; only claims and releases change ``used``, in
    the transaction that writes the allocations.
    """

    __tablename__ = 'inventories'
    __table_args__ = (
        # The candidates of a request are read from the end of this index, freest first.
        sa.Index(None, 'resource_class', 'free'),
    )

    node_id = sa.Column(
        sa.ForeignKey('compute_nodes.id', ondelete='CASCADE'), primary_key=True)
    resource_class = sa.Column(sa.String(64), primary_key=True)
    total = sa.Column(sa.Integer, nullable=False)
    reserved = sa.Column(sa.Integer, nullable=False, default=0)
    allocation_ratio = sa.Column(sa.Double, nullable=False, default=1.0)
    # (total - reserved) * allocation_ratio, kept as a whole number: databases round differently.
    capacity = sa.Column(sa.Integer, nullable=False)
    # What one server may take: from min_unit to max_unit, a multiple of step_size.
    min_unit = sa.Column(sa.Integer, nullable=False, server_default='1')
    max_unit = sa.Column(sa.Integer, nullable=False, server_default='2147483647')
    step_size = sa.Column(sa.Integer, nullable=False, server_default='1')
    used = sa.Column(sa.Integer, nullable=False, default=0)
    free = sa.Column(sa.Integer, sa.Computed('capacity - used', persisted=True))
    updated_at = sa.Column(base.Moment, nullable=False)


class Allocation(base.Base):
    """What a consumer (a server, or the migration that holds its old place) takes of a node.

    A consumer holds a class once, on one node: the key makes a claim that is
    repeated fail instead of counting twice. ``node_id`` is not a foreign key:
    checking one locks the node's row, which its host's reports write.
    """

    __tablename__ = 'allocations'
    __table_args__ = (sa.Index(None, 'node_id', 'resource_class'),)

    consumer_uuid = sa.Column(base.Uuid, primary_key=True)
    resource_class = sa.Column(sa.String(64), primary_key=True)
    node_id = sa.Column(sa.Integer, nullable=False)
    amount = sa.Column(sa.Integer, nullable=False)
    created_at = sa.Column(base.Moment, nullable=False)
