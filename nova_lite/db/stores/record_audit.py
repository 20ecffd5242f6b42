# SPDX-License-Identifier: Apache-2.0
"""What the tables say of each other that can't be true: SQL. Reads only.

Each question is one statement, so that it sees one moment: whatever is said
here was so, however much runs beside it. Servers with unfinished operations are
left out, for those are on their way. What repairs it is record_repair.py.
"""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import aggregate as aggregate_models
from nova_lite.db.models import host as host_models
from nova_lite.db.models import instance as instance_models
from nova_lite.db.models import inventory as inventory_models
from nova_lite.db.models import network as network_models
from nova_lite.db.models import operation as operation_models
from nova_lite.db.models import service as service_models
from nova_lite.db.stores import services
from nova_lite.states import operation as op
from nova_lite.states import transitions, vm

servers = instance_models.Instance.__table__
operations = operation_models.Operation.__table__
secrets = operation_models.OperationSecret.__table__
keys = operation_models.IdempotencyKey.__table__
allocations = inventory_models.Allocation.__table__
nodes = service_models.ComputeNode.__table__
vifs = network_models.VirtualInterface.__table__
fixed_ips = network_models.FixedIp.__table__
hosts = host_models.Host.__table__
aggregate_hosts = aggregate_models.AggregateHost.__table__

COMPUTE = 'nova-lite-compute'
KEYS_KEPT_AFTER_EXPIRY = 3600
"""Seconds; each conductor forgets expired keys every few seconds."""


def is_busy(uuid):
    """The condition that an unfinished operation works on a server."""
    return sa.exists().where(operations.c.instance_uuid == uuid,
                             operations.c.state.in_(op.UNFINISHED))


def is_alive(uuid):
    """The condition that there is such a server and it is not deleted."""
    return sa.exists().where(servers.c.uuid == uuid, servers.c.deleted.is_(False))


def _is_at_rest():
    """The condition that a server is there and nothing is being done to it."""
    return sa.and_(servers.c.deleted.is_(False), ~is_busy(servers.c.uuid))


def _rows(context, query):
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def unclaimed(context):
    """Answer servers that are on a host and hold no room of it."""
    claim = sa.exists().where(allocations.c.consumer_uuid == servers.c.uuid)
    return _rows(context, sa.select(servers.c.uuid, servers.c.host).where(
        _is_at_rest(), servers.c.host.is_not(None), ~claim).order_by(servers.c.id))


def claimed_elsewhere(context):
    """Answer servers that hold room of another node than theirs."""
    return _rows(context, sa.select(
        servers.c.uuid, servers.c.host, nodes.c.host.label('claimed_on')).distinct()
        .join(allocations, allocations.c.consumer_uuid == servers.c.uuid)
        .outerjoin(nodes, nodes.c.id == allocations.c.node_id)
        .where(_is_at_rest(), sa.or_(
            nodes.c.id.is_(None), servers.c.host.is_(None), nodes.c.host != servers.c.host,
            nodes.c.hypervisor_hostname != servers.c.node)))


def addresses_of_nobody(context):
    """Answer who holds addresses or NICs and is no server any more."""
    owners = sa.union(
        sa.select(fixed_ips.c.instance_uuid).where(
            fixed_ips.c.instance_uuid.is_not(None), ~is_alive(fixed_ips.c.instance_uuid),
            ~is_busy(fixed_ips.c.instance_uuid)),
        sa.select(vifs.c.instance_uuid).where(
            ~is_alive(vifs.c.instance_uuid), ~is_busy(vifs.c.instance_uuid)))
    return _rows(context, owners)


def addresses_without_nic(context):
    """Answer addresses that a server holds by no NIC."""
    nic = sa.exists().where(vifs.c.uuid == fixed_ips.c.virtual_interface_uuid)
    return _rows(context, sa.select(
        fixed_ips.c.id, fixed_ips.c.address, fixed_ips.c.instance_uuid)
        .join(servers, servers.c.uuid == fixed_ips.c.instance_uuid)
        .where(_is_at_rest(), ~nic).order_by(fixed_ips.c.id))


def nics_without_address(context):
    """Answer NICs of servers that have no address."""
    address = sa.exists().where(fixed_ips.c.virtual_interface_uuid == vifs.c.uuid)
    return _rows(context, sa.select(vifs.c.uuid, vifs.c.instance_uuid)
                 .join(servers, servers.c.uuid == vifs.c.instance_uuid)
                 .where(_is_at_rest(), ~address).order_by(vifs.c.id))


def nics_elsewhere(context):
    """Answer servers whose NICs are recorded on another host."""
    return _rows(context, sa.select(
        servers.c.uuid, servers.c.host, vifs.c.host.label('nic_on')).distinct()
        .join(vifs, vifs.c.instance_uuid == servers.c.uuid)
        .where(_is_at_rest(), servers.c.host.is_not(None),
               sa.or_(vifs.c.host.is_(None), vifs.c.host != servers.c.host)))


def unattended(context):
    """Answer servers that show work in progress which no operation does."""
    return _rows(context, sa.select(
        servers.c.uuid, servers.c.host, servers.c.vm_state, servers.c.task_state).where(
            _is_at_rest(), sa.or_(servers.c.task_state.is_not(None),
                                  servers.c.vm_state == vm.BUILDING)).order_by(servers.c.id))


def on_unknown_hosts(context):
    """Answer servers on hosts without a compute service."""
    service = sa.exists().where(services.services.c.host == servers.c.host,
                                services.services.c.binary == COMPUTE)
    return _rows(context, sa.select(servers.c.uuid, servers.c.host).where(
        _is_at_rest(), servers.c.host.is_not(None), ~service).order_by(servers.c.id))


def without_host(context):
    """Answer servers that are to have a guest and are on no host."""
    return _rows(context, sa.select(servers.c.uuid, servers.c.vm_state).where(
        _is_at_rest(), servers.c.host.is_(None),
        servers.c.vm_state.in_((vm.ACTIVE, vm.STOPPED, vm.PAUSED, vm.SUSPENDED)),
    ).order_by(servers.c.id))


def operations_of_nobody(context):
    """Answer unfinished operations on servers that are gone; a clean-up is to be there."""
    return _rows(context, sa.select(operations).where(
        operations.c.state.in_(op.UNFINISHED), operations.c.kind != transitions.CLEAN_UP,
        operations.c.instance_uuid.is_not(None),
        ~is_alive(operations.c.instance_uuid)).order_by(operations.c.id))


def children_without_parent(context):
    """Answer operations that wait to be moved on by one that has ended."""
    parents = sa.alias(operations)
    moved_by_parent = [phase.name for row in transitions.TABLE.values() for phase in row.phases
                       if phase.waits_for_parent]
    return _rows(context, sa.select(operations)
                 .outerjoin(parents, parents.c.id == operations.c.parent_id)
                 .where(operations.c.state.in_(op.UNFINISHED),
                        operations.c.phase.in_(moved_by_parent),
                        sa.or_(parents.c.id.is_(None), parents.c.state.in_(op.FINISHED)))
                 .order_by(operations.c.id))


def secrets_of_ended(context):
    """Answer operations that have ended and whose secrets are still kept."""
    return _rows(context, sa.select(operations.c.id, operations.c.instance_uuid)
                 .join(secrets, secrets.c.operation_id == operations.c.id)
                 .where(operations.c.state.in_(op.FINISHED)).order_by(operations.c.id))


def count_expired_keys(context):
    """Answer how many Idempotency-Keys should long be forgotten."""
    with engine.reader(context) as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(keys).where(
            keys.c.expires_at < db_now(-KEYS_KEPT_AFTER_EXPIRY))).scalar_one()


def computes_without_key(context):
    """Answer hosts whose compute service is up and whose messages nobody believes."""
    key = sa.exists().where(hosts.c.name == services.services.c.host, hosts.c.revoked.is_(False))
    return _rows(context, sa.select(services.services.c.host).where(
        services.services.c.binary == COMPUTE, services.is_up(), ~key))


def aggregates_of_unknown_hosts(context):
    """Answer hosts that are in aggregates and have no compute service."""
    service = sa.exists().where(services.services.c.host == aggregate_hosts.c.host,
                                services.services.c.binary == COMPUTE)
    return _rows(context, sa.select(
        aggregate_hosts.c.host, aggregate_hosts.c.aggregate_id).where(~service))


def servers_of(context, host, also=()):
    """Answer uuid -> what is recorded of servers, for a comparison with what a host holds.

    Each has ``is_busy`` and ``nics``: (MAC, tap's uuid, address) of each.

    :param also: uuids of others, deleted or not
    """
    chosen = sa.or_(sa.and_(servers.c.host == host, servers.c.deleted.is_(False)),
                    servers.c.uuid.in_(sorted(also)))
    query = sa.select(
        servers.c.uuid, servers.c.host, servers.c.deleted, servers.c.fence, servers.c.vm_state,
        servers.c.task_state, servers.c.power_state,
        is_busy(servers.c.uuid).label('is_busy')).where(chosen)
    nics = (sa.select(vifs.c.instance_uuid, vifs.c.address, vifs.c.uuid,
                      fixed_ips.c.address.label('fixed_ip'))
            .join(servers, servers.c.uuid == vifs.c.instance_uuid)
            .outerjoin(fixed_ips, fixed_ips.c.virtual_interface_uuid == vifs.c.uuid)
            .where(chosen).order_by(vifs.c.id, fixed_ips.c.id))
    with engine.reader(context) as connection:
        found = {row['uuid']: dict(row, nics=[]) for row in connection.execute(query).mappings()}
        for row in connection.execute(nics):
            if row.instance_uuid in found:
                found[row.instance_uuid]['nics'].append((row.address, row.uuid, row.fixed_ip))
    return found
