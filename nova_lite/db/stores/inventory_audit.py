# SPDX-License-Identifier: Apache-2.0
"""Whether what is counted as used is what is allocated, and to whom.

For nova-lite-manage audit. stores/inventories.py keeps the two equal; this
finds and repairs what a restored backup or a hand on the database did.
"""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.models import instance as instance_models
from nova_lite.db.models import operation as operation_models
from nova_lite.db.stores import inventories as store
from nova_lite.states import operation as op

inventories = store.inventories
allocations = store.allocations
servers = instance_models.Instance.__table__
operations = operation_models.Operation.__table__


def recount(context, *, repair):
    """Compare ``used`` with the sum of the allocations, node by node.

    Each node is one transaction, so this must not be called inside another.

    :param repair: write the sums
    :returns: a list of dicts with node_id, resource_class, used, allocated
    """
    with engine.reader(context) as connection:
        node_ids = connection.execute(
            sa.select(inventories.c.node_id).distinct().order_by(inventories.c.node_id)
        ).scalars().all()
    return [wrong for node_id in node_ids
            for wrong in recount_node(context, node_id, repair=repair)]


@engine.retry_on_deadlock
def recount_node(context, node_id, *, repair):
    """Recount one node while its rows are locked.

    A claim or release that is under way waits for these rows with its
    allocations not yet visible, so both figures are of the same moment.
    """
    with engine.writer(context) as connection:
        rows = connection.execute(
            sa.select(inventories).where(inventories.c.node_id == node_id)
            .order_by(inventories.c.resource_class).with_for_update()).all()
        sums = dict(connection.execute(
            sa.select(allocations.c.resource_class, sa.func.sum(allocations.c.amount))
            .where(allocations.c.node_id == node_id)
            .group_by(allocations.c.resource_class)).all())
        wrong = [{'node_id': node_id, 'resource_class': row.resource_class, 'used': row.used,
                  'allocated': int(sums.get(row.resource_class, 0))}
                 for row in rows if row.used != sums.get(row.resource_class, 0)]
        if repair:
            for one in wrong:
                connection.execute(inventories.update().where(
                    inventories.c.node_id == node_id,
                    inventories.c.resource_class == one['resource_class'],
                ).values(used=one['allocated']))
    return wrong


def orphans(context):
    """Answer the allocations of consumers that are gone and that no operation still works on."""
    alive = sa.exists().where(servers.c.uuid == allocations.c.consumer_uuid,
                              servers.c.deleted.is_(False))
    unfinished = sa.exists().where(operations.c.instance_uuid == allocations.c.consumer_uuid,
                                   operations.c.state.in_(op.UNFINISHED))
    query = (sa.select(allocations).where(~alive, ~unfinished)
             .order_by(allocations.c.consumer_uuid, allocations.c.resource_class))
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(query).mappings()]
