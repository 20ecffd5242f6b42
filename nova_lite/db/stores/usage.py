# SPDX-License-Identifier: Apache-2.0
"""Servers that ran in a period, also those that are deleted since: SQL."""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine, paging
from nova_lite.db.stores import instances as store

servers = store.instances

FIGURES = tuple(servers.c[name] for name in (
    'uuid', 'project_id', 'display_name', 'vm_state', 'vcpus', 'memory_mb', 'root_gb',
    'ephemeral_gb', 'launched_at', 'terminated_at'))
"""All that a sum needs; a server's row is many times as large."""

ORDER = ((servers.c.project_id, 'asc'), (servers.c.id, 'asc'))


def _ran_in(period):
    """The condition that a server was there at some time of a period."""
    return sa.and_(
        servers.c.launched_at < period.ending,
        sa.or_(servers.c.terminated_at.is_(None), servers.c.terminated_at > period.beginning))


def list_active(context, period, *, project_id=None, with_flavor=False, marker=None, limit=None):
    """Answer rows of servers that ran in a period, those of a project side by side.

    :param period: usage.Period
    :param project_id: None for all projects
    :param with_flavor: whether rows have ``flavor``
    :param marker: uuid of the last one of the page before
    :raises MarkerNotFound: if no such server ran then
    """
    wanted = _ran_in(period) if project_id is None else sa.and_(
        _ran_in(period), servers.c.project_id == project_id)
    columns = (*FIGURES, servers.c.flavor) if with_flavor else FIGURES
    query = sa.select(*columns).where(wanted).order_by(*paging.ordering(ORDER)).limit(limit)
    with engine.reader(context) as connection:
        if marker is not None:
            query = query.where(paging.after(ORDER, _marker(connection, wanted, marker)))
        return [dict(row) for row in connection.execute(query).mappings()]


def _marker(connection, wanted, uuid):
    row = connection.execute(sa.select(servers.c.project_id, servers.c.id).where(
        servers.c.uuid == uuid, wanted)).mappings().first()
    if row is None:
        raise exception.MarkerNotFound(marker=uuid)
    return row


def list_active_on_host(context, host, period, *, marker=0, limit=200):
    """Answer a page of the servers of a host that ran in a period, by id, without user data."""
    columns = [column for column in servers.c if column is not servers.c.user_data]
    query = (sa.select(*columns)
             .where(servers.c.host == host, _ran_in(period), servers.c.id > marker)
             .order_by(servers.c.id).limit(limit))
    with engine.reader(context) as connection:
        return store.with_metadata(connection, connection.execute(query).mappings())
