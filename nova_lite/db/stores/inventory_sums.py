# SPDX-License-Identifier: Apache-2.0
"""What all nodes together have, for an operator: SQL."""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.models import inventory as models

inventories = models.Inventory.__table__

SUMMED = ('total', 'reserved', 'capacity', 'used')


def by_class(context):
    """Answer a row for each class that a node has or that is used: sums, and ``nodes``.

    ``free`` is what can still be promised: nodes that promised too much before
    they had less count as full, not as a debt of the others.
    """
    free = sa.func.sum(sa.case((inventories.c.free > 0, inventories.c.free), else_=0))
    query = (sa.select(inventories.c.resource_class, sa.func.count().label('nodes'),
                       *(sa.func.sum(inventories.c[name]).label(name) for name in SUMMED),
                       free.label('free'))
             .where(sa.or_(inventories.c.total > 0, inventories.c.used > 0))
             .group_by(inventories.c.resource_class).order_by(inventories.c.resource_class))
    with engine.reader(context) as connection:
        # Sums are decimal numbers on some databases.
        return [{name: value if name == 'resource_class' else int(value)
                 for name, value in row.items()}
                for row in connection.execute(query).mappings()]
