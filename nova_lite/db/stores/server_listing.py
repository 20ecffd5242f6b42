# SPDX-License-Identifier: Apache-2.0
"""Lists of servers: filters, sorting and paging in SQL, rows for the views.

No object is made on this path, and the number of statements does not grow
with the page.
"""

import functools

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import paging, patterns
from nova_lite.db.stores import instances as store
from nova_lite.db.stores import server_conditions

instances = store.instances

USUAL = frozenset({'project_id', 'deleted'})
"""Filters that nearly every list has; a statement with them alone is made once."""

LISTINGS = 256
"""Statements that are kept."""


def list_rows(context, *, filters, sort, marker=None, limit=None, columns=None):
    """Answer a page of servers as rows; what else is shown with them is in server_details.py.

    :param filters: names of server_conditions.EXACT, MOMENTS or PATTERNS, ``deleted``
        (bool, None for both), ``gone`` (deleted or soft-deleted),
        ``changes_since``, ``changes_before`` (datetimes), ``tags``, ``tags_any``,
        ``not_tags``, ``not_tags_any`` (lists), ``ip``, ``ip6`` (regular
        expressions), ``metadata`` (dict)
    :param sort: list of (column, 'asc' or 'desc'); a unique one is added
    :param marker: uuid of the last server of the page before
    :param columns: names of the columns that are wanted; None for all
    :raises MarkerNotFound: if no server that the caller may see has or had that uuid
    :raises InvalidInput: if the database can't use a regular expression
    """
    order = tuple(sort)
    others = {name: value for name, value in filters.items() if name not in USUAL}
    query = _listing('project_id' in filters, filters.get('deleted'), order, columns)
    if others:
        query = query.where(*server_conditions.conditions_of(others))
    values = {'project_id': filters.get('project_id'),
              'most': paging.NO_LIMIT if limit is None else limit}
    with patterns.reader(
            context, with_pattern=server_conditions.has_pattern(filters)) as connection:
        if marker is not None:
            query = query.where(paging.after(
                _columns(order), _marker(connection, filters, marker)))
        found = connection.execute(query, values)
        names = tuple(found.keys())
        return [dict(zip(names, row, strict=True)) for row in found]


@functools.lru_cache(maxsize=LISTINGS)
def _listing(of_project, deleted, order, columns):
    """Answer the statement of a page, as far as most have it in common."""
    wanted = instances.c if columns is None else [instances.c[name] for name in columns]
    query = sa.select(*wanted).order_by(*paging.ordering(_columns(order)))
    if of_project:
        query = query.where(instances.c.project_id == sa.bindparam('project_id'))
    return query.where(*server_conditions.conditions_of({'deleted': deleted})).limit(
        sa.bindparam('most', type_=sa.Integer))


def _columns(order):
    """Answer (column, direction) pairs with a unique column at the end."""
    last = order[-1][1] if order else 'desc'
    return [*((instances.c[name], direction) for name, direction in order),
            (instances.c.id, last)]


def _marker(connection, filters, uuid):
    """Answer the marker's row; it may have been deleted since its page was read."""
    query = sa.select(instances).where(instances.c.uuid == uuid)
    if 'project_id' in filters:
        query = query.where(instances.c.project_id == filters['project_id'])
    row = connection.execute(query).mappings().first()
    if row is None:
        raise exception.MarkerNotFound(marker=uuid)
    return row
