# SPDX-License-Identifier: Apache-2.0
"""All that the record has of servers, for an operator: SQL. Changes nothing."""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.models import instance as instance_models
from nova_lite.db.models import inventory as inventory_models
from nova_lite.db.models import network as network_models
from nova_lite.db.models import service as service_models

servers = instance_models.Instance.__table__
faults = instance_models.InstanceFault.__table__
allocations = inventory_models.Allocation.__table__
nodes = service_models.ComputeNode.__table__
vifs = network_models.VirtualInterface.__table__
fixed_ips = network_models.FixedIp.__table__
networks = network_models.Network.__table__

LISTED = ('uuid', 'display_name', 'host', 'vm_state', 'task_state', 'power_state', 'project_id',
          'created_at', 'deleted')


ANY = object()
"""In a filter: whatever is there."""


def listing(context, *, filters, deleted=False, limit=None):
    """Answer the servers of all projects, newest first.

    :param filters: column -> value, or ANY
    :param deleted: those that are deleted instead; None: those too
    """
    query = sa.select(*(servers.c[name] for name in LISTED)).where(
        *(servers.c[name].is_not(None) if value is ANY else servers.c[name] == value
          for name, value in filters.items()))
    if deleted is not None:
        query = query.where(servers.c.deleted.is_(deleted))
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(query.order_by(
            servers.c.created_at.desc(), servers.c.id.desc()).limit(limit)).mappings()]


def faults_of(context, uuid):
    """Answer the faults of a server, newest first."""
    query = sa.select(faults).where(faults.c.instance_uuid == uuid).order_by(faults.c.id.desc())
    return _rows(context, query)


def claims_of(context, uuid):
    """Answer what a server holds of which node."""
    query = (sa.select(allocations, nodes.c.host, nodes.c.hypervisor_hostname.label('node'))
             .outerjoin(nodes, nodes.c.id == allocations.c.node_id)
             .where(allocations.c.consumer_uuid == uuid)
             .order_by(allocations.c.resource_class))
    return _rows(context, query)


def addresses_of(context, uuid):
    """Answer the NICs of a server with their addresses."""
    query = (sa.select(vifs.c.uuid.label('nic'), vifs.c.address.label('mac'), vifs.c.host,
                       networks.c.label.label('network'), fixed_ips.c.address)
             .join(networks, networks.c.id == vifs.c.network_id)
             .outerjoin(fixed_ips, fixed_ips.c.virtual_interface_uuid == vifs.c.uuid)
             .where(vifs.c.instance_uuid == uuid).order_by(vifs.c.device_index))
    return _rows(context, query)


def _rows(context, query):
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(query).mappings()]
