# SPDX-License-Identifier: Apache-2.0
"""Moves of servers between hosts: SQL. Rows come from what moves servers."""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine, paging
from nova_lite.db.models import migration as models

migrations = models.Migration.__table__

NEWEST_FIRST = ((migrations.c.created_at, 'desc'), (migrations.c.id, 'desc'))

EXACT = frozenset({'hidden', 'instance_uuid', 'migration_type', 'project_id', 'source_compute',
                   'status', 'user_id'})
"""Filters that compare a column with a value."""


def list_migrations(context, *, filters, limit=None, marker=None):
    """Answer migrations, newest first.

    :param filters: names of EXACT, ``host`` (source or destination),
        ``changes_since``, ``changes_before``
    :param marker: uuid of the last migration of the page before
    :raises MarkerNotFound: if none of the caller's has that uuid
    """
    query = sa.select(migrations).where(*map(_condition, filters.items()))
    with engine.reader(context) as connection:
        if marker is not None:
            query = query.where(paging.after(NEWEST_FIRST, _marker(connection, filters, marker)))
        query = query.order_by(*paging.ordering(NEWEST_FIRST)).limit(limit)
        return [dict(row) for row in connection.execute(query).mappings()]


def _condition(wanted):
    name, value = wanted
    return migrations.c[name] == value if name in EXACT else OTHERS[name](value)


def _of_host(name):
    return sa.or_(migrations.c.source_compute == name, migrations.c.dest_compute == name)


def _changed_since(moment):
    return _changed_at >= moment


def _changed_before(moment):
    return _changed_at <= moment


_changed_at = sa.func.coalesce(migrations.c.updated_at, migrations.c.created_at)

OTHERS = {'host': _of_host, 'changes_since': _changed_since, 'changes_before': _changed_before}


def _marker(connection, filters, uuid):
    visible = [migrations.c.project_id == filters['project_id']] if 'project_id' in filters else []
    row = connection.execute(sa.select(migrations).where(
        migrations.c.uuid == uuid, *visible)).mappings().first()
    if row is None:
        raise exception.MarkerNotFound(marker=uuid)
    return row
