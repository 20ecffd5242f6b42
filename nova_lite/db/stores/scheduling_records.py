# SPDX-License-Identifier: Apache-2.0
"""What only explanations read of hosts (scheduler/inquiry.py): SQL, one statement each."""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.models import inventory as inventory_models
from nova_lite.db.models import service as service_models
from nova_lite.db.stores import services as store

inventories = inventory_models.Inventory.__table__
nodes = service_models.ComputeNode.__table__
services = service_models.Service.__table__


def inventory(context):
    """Answer the totals and ratios of all nodes: node id -> resource class -> row."""
    query = sa.select(inventories.c.node_id, inventories.c.resource_class, inventories.c.total,
                      inventories.c.reserved, inventories.c.allocation_ratio, inventories.c.used)
    found = {}
    with engine.reader(context) as connection:
        for row in connection.execute(query).mappings():
            found.setdefault(row['node_id'], {})[row['resource_class']] = dict(row)
    return found


def services_without_servers(context):
    """Answer the compute services that take no new servers: host -> row."""
    query = (sa.select(services.c.host, services.c.disabled_reason, services.c.last_seen_at)
             .where(services.c.id.in_(sa.select(nodes.c.service_id)),
                    sa.or_(services.c.disabled.is_(True), services.c.forced_down.is_(True),
                           services.c.last_seen_at.is_(None), sa.not_(store.is_seen()))))
    with engine.reader(context) as connection:
        return {row.host: row for row in connection.execute(query)}
