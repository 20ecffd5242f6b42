# SPDX-License-Identifier: Apache-2.0
"""Which availability zone a host is in: SQL.

A zone is what the metadata of an aggregate says. The compute service of each
host of the aggregate carries it as a column, so that the scheduler and the
servers' rows have it at hand; whoever changes aggregates or registers a
service brings that column in step here, in the same transaction. A host that
no aggregate gives a zone has what its service was registered with, else
``default_availability_zone``.
"""

import sqlalchemy as sa
from oslo_config import cfg

from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import aggregate as models
from nova_lite.db.models import instance as instance_models
from nova_lite.db.models import service as service_models

CONF = cfg.CONF
members = models.AggregateHost.__table__
metadata = models.AggregateMetadata.__table__
services = service_models.Service.__table__
servers = instance_models.Instance.__table__

KEY = 'availability_zone'
"""Of an aggregate's metadata."""

COMPUTE = 'nova-lite-compute'


def given_to(host):
    """The zone that the aggregates give to a host, NULL for none: part of a larger statement.

    :param host: name, or a column
    """
    return (sa.select(sa.func.min(metadata.c.value))
            .join_from(members, metadata, metadata.c.aggregate_id == members.c.aggregate_id)
            .where(members.c.host == host, metadata.c.key == KEY).scalar_subquery())


def hosts_of(aggregate_id):
    """The hosts of an aggregate, for a condition."""
    return sa.select(members.c.host).where(members.c.aggregate_id == aggregate_id)


def lock(connection, hosts):
    """Keep others from changing the zones of hosts; answer how many have a compute service.

    A write, so that Galera's certification sees it too.

    :param hosts: list of names, or a subquery
    """
    return connection.execute(services.update().where(*_computes_of(hosts)).values(
        updated_at=db_now())).rowcount


def settle(connection, hosts):
    """Give hosts the zone that the aggregates, as they are now, give them.

    The caller has locked the hosts and rolls back if there is a reason not to.

    :returns: why it can't be, None if it was done
    """
    reason = _in_two_zones(connection, hosts) or _with_servers(connection, hosts)
    if reason is None:
        connection.execute(services.update().where(*_computes_of(hosts)).values(
            availability_zone=given_to(services.c.host)))
    return reason


def _computes_of(hosts):
    return services.c.binary == COMPUTE, services.c.host.in_(hosts)


def _in_two_zones(connection, hosts):
    found = connection.execute(
        sa.select(members.c.host, sa.func.min(metadata.c.value), sa.func.max(metadata.c.value))
        .join_from(members, metadata, metadata.c.aggregate_id == members.c.aggregate_id)
        .where(members.c.host.in_(hosts), metadata.c.key == KEY).group_by(members.c.host)
        .having(sa.func.min(metadata.c.value) != sa.func.max(metadata.c.value))
        .order_by(members.c.host).limit(1)).first()
    return found and 'host {} would be in two availability zones, {} and {}'.format(*found)


def _with_servers(connection, hosts):
    """A server's zone does not change under it."""
    default = CONF.default_availability_zone
    found = connection.execute(
        sa.select(services.c.host).where(
            *_computes_of(hosts),
            sa.func.coalesce(services.c.availability_zone, default)
            != sa.func.coalesce(given_to(services.c.host), default),
            sa.exists().where(
                servers.c.host == services.c.host, servers.c.deleted.is_(False)))
        .order_by(services.c.host).limit(1)).scalar()
    return found and f'host {found} has servers, which would change their availability zone'


def is_available(context, zone):
    """Answer whether new servers can be asked for in a zone."""
    with engine.reader(context) as connection:
        return connection.execute(sa.select(services.c.id).where(
            services.c.binary == COMPUTE, services.c.disabled.is_(False),
            sa.func.coalesce(services.c.availability_zone,
                             CONF.default_availability_zone) == zone).limit(1)).first() is not None
