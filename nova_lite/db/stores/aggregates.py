# SPDX-License-Identifier: Apache-2.0
"""Host aggregates: SQL.

Every change sets ``updated_at`` of the aggregate first. That locks it, and
tells the scheduler that its copy is old. What follows for the zones of hosts
is in availability_zones.py.
"""

import sqlalchemy as sa
from oslo_utils import uuidutils

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import aggregate as models
from nova_lite.db.stores import availability_zones as zones
from nova_lite.db.stores import notices
from nova_lite.notifications import aggregate as news
from nova_lite.notifications import form

aggregates = models.Aggregate.__table__
members = models.AggregateHost.__table__
metadata = models.AggregateMetadata.__table__


def list_aggregates(context):
    """Answer all aggregates as rows with ``hosts`` and ``metadata``, by number."""
    with engine.reader(context) as connection:
        return _complete(connection, sa.select(aggregates).order_by(aggregates.c.id))


def get(context, aggregate_id):
    """Answer one aggregate's row with ``hosts`` and ``metadata``.

    :raises AggregateNotFound: if there is none of that number
    """
    with engine.reader(context) as connection:
        found = _complete(connection, sa.select(aggregates).where(
            aggregates.c.id == aggregate_id), members.c.aggregate_id == aggregate_id,
            metadata.c.aggregate_id == aggregate_id)
    if not found:
        raise exception.AggregateNotFound(aggregate_id=aggregate_id)
    return found[0]


def _complete(connection, query, *of_parts):
    """Answer rows with their hosts and metadata: two statements, however many there are."""
    rows = {row['id']: dict(row, hosts=[], metadata={})
            for row in connection.execute(query).mappings()}
    if not rows:
        return []
    of_hosts, of_pairs = of_parts or (sa.true(), sa.true())
    no_value = sa.cast(sa.null(), metadata.c.value.type)
    for aggregate_id, name, value in connection.execute(sa.union_all(
            sa.select(members.c.aggregate_id, members.c.host, no_value).where(of_hosts),
            sa.select(metadata.c.aggregate_id, metadata.c.key, metadata.c.value).where(of_pairs))):
        # Of an aggregate that was made since the first statement, nothing is shown.
        row = rows.get(aggregate_id, {'hosts': [], 'metadata': {}})
        if value is None:
            row['hosts'].append(name)
        else:
            row['metadata'][name] = value
    for row in rows.values():
        row['hosts'].sort()
    return list(rows.values())


def create(context, name, zone=None):
    """Insert an aggregate without hosts; answer its row.

    :param zone: availability zone that its hosts will be in
    :raises AggregateNameExists: if the name is taken
    """
    try:
        with engine.writer(context) as connection:
            made = connection.execute(aggregates.insert().values(
                uuid=uuidutils.generate_uuid(), name=name,
                created_at=db_now())).inserted_primary_key[0]
            if zone is not None:
                connection.execute(metadata.insert().values(
                    aggregate_id=made, key=zones.KEY, value=zone))
            row = get(context, made)
            notices.told(context, lambda: news.events('create', None, row))
            return row
    except engine.db_exc.DBDuplicateEntry:
        raise exception.AggregateNameExists(name=name) from None


@engine.retry_on_deadlock
def update(context, aggregate_id, *, name=None, pairs=None):
    """Rename an aggregate, change its metadata; answer its row.

    :param name: None leaves it
    :param pairs: key -> value, None to remove it; other keys stay
    :raises AggregateNotFound: if there is none of that number
    :raises AggregateNameExists: if the name is taken
    :raises AggregateZoneRefused: if its hosts can't change to that zone
    """
    try:
        with engine.writer(context) as connection:
            before = notices.before(lambda: get(context, aggregate_id))
            _touch(connection, aggregate_id, **({} if name is None else {'name': name}))
            if pairs:
                _set(connection, aggregate_id, pairs)
            row = get(context, aggregate_id)
            notices.told(context, lambda: news.events_of_update(before, row))
            return row
    except engine.db_exc.DBDuplicateEntry:
        raise exception.AggregateNameExists(name=name) from None


def _touch(connection, aggregate_id, **changes):
    """Keep others from changing the same aggregate."""
    touched = connection.execute(aggregates.update().where(
        aggregates.c.id == aggregate_id).values(updated_at=db_now(), **changes))
    if not touched.rowcount:
        raise exception.AggregateNotFound(aggregate_id=aggregate_id)


def _set(connection, aggregate_id, pairs):
    hosts = zones.hosts_of(aggregate_id)
    if zones.KEY in pairs:
        zones.lock(connection, hosts)
    connection.execute(metadata.delete().where(
        metadata.c.aggregate_id == aggregate_id, metadata.c.key.in_(list(pairs))))
    kept = [{'aggregate_id': aggregate_id, 'key': key, 'value': value}
            for key, value in pairs.items() if value is not None]
    if kept:
        connection.execute(metadata.insert(), kept)
    if zones.KEY in pairs:
        reason = zones.settle(connection, hosts)
        if reason:
            raise exception.AggregateZoneRefused(aggregate_id=aggregate_id, reason=reason)


@engine.retry_on_deadlock
def add_host(context, aggregate_id, host):
    """Put a compute host into an aggregate; answer the aggregate's row.

    :raises AggregateNotFound: if there is none of that number
    :raises ComputeHostNotFound: if no compute service is registered under that name
    :raises AggregateHostExists: if it is there already
    :raises AggregateHostZoneRefused: if it can't come into the aggregate's zone
    """
    try:
        with engine.writer(context) as connection:
            before = notices.before(lambda: get(context, aggregate_id))
            _touch(connection, aggregate_id)
            if not zones.lock(connection, [host]):
                raise exception.ComputeHostNotFound(host=host)
            connection.execute(members.insert().values(aggregate_id=aggregate_id, host=host))
            _settle_host(connection, aggregate_id, host)
            row = get(context, aggregate_id)
            notices.told(context, lambda: news.events('add_host', before, row))
            return row
    except engine.db_exc.DBDuplicateEntry:
        raise exception.AggregateHostExists(aggregate_id=aggregate_id, host=host) from None


@engine.retry_on_deadlock
def remove_host(context, aggregate_id, host):
    """Take a host out of an aggregate; answer the aggregate's row.

    The host may be one that has no compute service any more.

    :raises AggregateNotFound: if there is none of that number
    :raises AggregateHostNotFound: if the host is not in it
    :raises AggregateHostZoneRefused: if it has servers and would leave its zone
    """
    with engine.writer(context) as connection:
        before = notices.before(lambda: get(context, aggregate_id))
        _touch(connection, aggregate_id)
        zones.lock(connection, [host])
        gone = connection.execute(members.delete().where(
            members.c.aggregate_id == aggregate_id, members.c.host == host))
        if not gone.rowcount:
            raise exception.AggregateHostNotFound(aggregate_id=aggregate_id, host=host)
        _settle_host(connection, aggregate_id, host)
        row = get(context, aggregate_id)
        notices.told(context, lambda: news.events('remove_host', before, row))
        return row


def _settle_host(connection, aggregate_id, host):
    """Follow the change of a host's aggregates in its zone, if this aggregate is a zone."""
    gives_zone = connection.execute(sa.select(metadata.c.value).where(
        metadata.c.aggregate_id == aggregate_id, metadata.c.key == zones.KEY)).first()
    reason = gives_zone and zones.settle(connection, [host])
    if reason:
        raise exception.AggregateHostZoneRefused(aggregate_id=aggregate_id, reason=reason)


@engine.retry_on_deadlock
def delete(context, aggregate_id):
    """Forget an aggregate without hosts.

    :raises AggregateNotFound: if there is none of that number
    :raises AggregateNotEmpty: if it has hosts
    """
    with engine.writer(context) as connection:
        _touch(connection, aggregate_id)
        if connection.execute(zones.hosts_of(aggregate_id).limit(1)).first():
            raise exception.AggregateNotEmpty(aggregate_id=aggregate_id)
        notices.told(context, lambda: news.events(
            'delete', *[get(context, aggregate_id)] * 2))
        connection.execute(aggregates.delete().where(aggregates.c.id == aggregate_id))


def tell_caching_start(context, row):
    """Tell that the hosts of an aggregate are to fetch images; changes nothing."""
    notices.told(context, lambda: news.caching(form.START, row, form.API))


def tell_caching_progress(context, row, progress):
    """Tell of one host that has done what it could; see notifications/aggregate.py."""
    notices.told(context, lambda: news.caching_progress(row, progress))


def tell_caching_end(context, row):
    """Tell that all hosts of an aggregate are done."""
    notices.told(context, lambda: news.caching(form.END, row, form.CONDUCTOR))
