# SPDX-License-Identifier: Apache-2.0
"""Services, incarnations, heartbeats: SQL."""

import sqlalchemy as sa
from oslo_config import cfg
from oslo_utils import uuidutils

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import service as models
from nova_lite.db.stores import availability_zones, host_removal, notices
from nova_lite.notifications import service as news

CONF = cfg.CONF
NOT_ENABLED = 'It registered while enable_new_services was off.'
"""Why a service is disabled that nobody has disabled."""

services = models.Service.__table__
incarnations = models.Incarnation.__table__
nodes = models.ComputeNode.__table__


def is_seen(column=services.c.last_seen_at):
    """The condition that something was seen within the time to live."""
    return column > db_now(-CONF.service_down_time)


def is_up():
    """The condition that a service works: seen recently and not forced down."""
    return sa.and_(is_seen(), services.c.forced_down.is_(False))


def living_incarnations():
    """The incarnations whose leases hold, for a subquery."""
    return sa.select(incarnations.c.id).where(is_seen(incarnations.c.last_seen_at))


def is_hosts_incarnation(incarnation, host):
    """The condition that a start of a service was the host's; one that is void is nobody's."""
    return sa.not_(sa.exists().where(
        incarnations.c.id == incarnation, services.c.id == incarnations.c.service_id,
        services.c.host != host))


def register(context, **start):
    """Record a start (arguments as below); answer the new incarnation."""
    try:
        return _register(context, **start)
    except engine.db_exc.DBDuplicateEntry:
        # Another worker of the same daemon has just made the service's row.
        return _register(context, **start)


@engine.retry_on_deadlock
def _register(context, *, host, binary, topic, worker, version, availability_zone):
    """An aggregate's zone goes before the one that a compute host says it is in."""
    incarnation = uuidutils.generate_uuid()
    if binary == availability_zones.COMPUTE:
        availability_zone = sa.func.coalesce(availability_zones.given_to(host), availability_zone)
    seen = {'topic': topic, 'version': version, 'availability_zone': availability_zone,
            'last_seen_at': db_now(), 'updated_at': db_now()}
    with engine.writer(context) as connection:
        key = sa.and_(services.c.host == host, services.c.binary == binary)
        # Locked, so that the zone is read after a change of aggregates that has begun earlier.
        found = connection.execute(sa.select(services.c.id).where(key).with_for_update()).scalar()
        if found is None:
            found = connection.execute(services.insert().values(
                uuid=uuidutils.generate_uuid(), host=host, binary=binary,
                created_at=db_now(), **seen, **_of_new(binary))).inserted_primary_key[0]
            notices.told(context, lambda: news.event('create', get(context, found)))
        else:
            connection.execute(services.update().where(key).values(**seen))
        connection.execute(incarnations.delete().where(
            incarnations.c.service_id == found, incarnations.c.worker == worker))
        connection.execute(incarnations.insert().values(
            id=incarnation, service_id=found, worker=worker,
            started_at=db_now(), last_seen_at=db_now()))
    return incarnation


def _of_new(binary):
    """Answer whether servers may come to a service that registers for the first time."""
    if CONF.enable_new_services or binary != availability_zones.COMPUTE:
        return {}
    return {'disabled': True, 'disabled_reason': NOT_ENABLED}


@engine.retry_on_deadlock
def heartbeat(context, incarnation):
    """Extend the incarnation and its service."""
    with engine.writer(context) as connection:
        beat = connection.execute(incarnations.update().where(
            incarnations.c.id == incarnation).values(last_seen_at=db_now()))
        if not beat.rowcount:
            raise exception.IncarnationVoid(incarnation=incarnation)
        owner = sa.select(incarnations.c.service_id).where(incarnations.c.id == incarnation)
        connection.execute(services.update().where(services.c.id == owner.scalar_subquery()).values(
            last_seen_at=db_now(), report_count=services.c.report_count + 1))


@engine.retry_on_deadlock
def end(context, incarnation):
    """Forget an incarnation that has stopped by itself; others need not wait for its leases."""
    with engine.writer(context) as connection:
        connection.execute(incarnations.delete().where(incarnations.c.id == incarnation))


def _selected():
    return sa.select(services, sa.func.coalesce(is_up(), sa.false()).label('is_up'))


def get_by_host(context, host, binary):
    """Answer one service's row.

    :raises HostBinaryNotFound: if the host has none of that name
    """
    with engine.reader(context) as connection:
        row = connection.execute(_selected().where(
            services.c.host == host, services.c.binary == binary)).mappings().first()
    if row is None:
        raise exception.HostBinaryNotFound(host=host, binary=binary)
    return _plain(row)


def get(context, service_id):
    """Answer one service's row by its number or its uuid.

    :raises ServiceNotFound: if there is none
    """
    column = services.c.uuid if uuidutils.is_uuid_like(service_id) else services.c.id
    with engine.reader(context) as connection:
        row = connection.execute(_selected().where(column == service_id)).mappings().first()
    if row is None:
        raise exception.ServiceNotFound(service_id=service_id)
    return _plain(row)


def _plain(row):
    return dict(row, is_up=bool(row['is_up']))


def list_services(context, *, host=None, binary=None, disabled=None):
    """Answer the rows that match, in a stable order."""
    query = _selected().order_by(services.c.id)
    for column, wanted in ((services.c.host, host), (services.c.binary, binary),
                           (services.c.disabled, disabled)):
        if wanted is not None:
            query = query.where(column == wanted)
    with engine.reader(context) as connection:
        return [_plain(row) for row in connection.execute(query).mappings()]


def update(context, service_id, changes):
    """Change an operator's settings of a service; answer the new row."""
    with engine.writer(context) as connection:
        connection.execute(services.update().where(services.c.id == service_id).values(
            updated_at=db_now(), **changes))
        notices.told(context, lambda: news.event('update', get(context, service_id)))
        return get(context, service_id)


def is_host_up(context, host):
    """Answer whether the compute service of a host can be asked."""
    with engine.reader(context) as connection:
        return connection.execute(sa.select(services.c.id).where(
            services.c.host == host, services.c.binary == 'nova-lite-compute',
            is_up())).first() is not None


def zone_of(host):
    """The availability zone of a host, as an expression for a larger statement."""
    return sa.func.coalesce(
        sa.select(services.c.availability_zone).where(
            services.c.host == host, services.c.binary == 'nova-lite-compute').scalar_subquery(),
        CONF.default_availability_zone)


def minimum_version(context, binary):
    """Answer the lowest version of the services seen recently; 0 if there is none."""
    with engine.reader(context) as connection:
        return connection.execute(sa.select(sa.func.min(services.c.version)).where(
            services.c.binary == binary, is_seen())).scalar() or 0


@engine.retry_on_deadlock
def delete(context, service):
    """Forget a service, its incarnations and its nodes; its host leaves its aggregates.

    :param service: its row
    :raises ServiceInUse: if its host has servers, is about to get one, or still has work
    """
    host = service['host']
    with engine.writer(context) as connection:
        notices.told(context, lambda: news.event('delete', service))
        if service['binary'] != availability_zones.COMPUTE:
            connection.execute(services.delete().where(services.c.id == service['id']))
            return
        host_removal.leave_aggregates(connection, host)
        works = connection.execute(sa.select(is_up()).where(
            services.c.id == service['id']).with_for_update()).scalar()
        node_ids = connection.execute(sa.select(nodes.c.id).where(
            nodes.c.service_id == service['id']).with_for_update()).scalars().all()
        connection.execute(services.delete().where(services.c.id == service['id']))
        # Only now: the delete waits for claims that have locked the inventories,
        # and whoever comes later finds none.
        if not works:
            host_removal.give_up_clean_ups(connection, host)
        host_removal.drop_orphans(connection, node_ids)
        if host_removal.is_needed(connection, host, node_ids):
            raise exception.ServiceInUse(host=host)
