# SPDX-License-Identifier: Apache-2.0
"""Lists of servers: filters, sorting and paging in SQL, rows for the views.

No object is made on this path, and the number of statements does not grow
with the page.
"""

import contextlib

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import instances as store
from nova_lite.db.stores import server_conditions

instances = store.instances

REFUSED_PATTERN = frozenset({1139, 'user-defined function raised exception'})
"""What MariaDB and SQLite say of a regular expression that they can't use."""


def list_rows(context, *, filters, sort, marker=None, limit=None):
    """Answer a page of servers as rows; what else is shown with them is in server_details.py.

    :param filters: names of server_conditions.EXACT or PATTERNS, ``deleted``
        (bool, None for both), ``changes_since``, ``changes_before`` (datetimes),
        ``tags``, ``tags_any``, ``not_tags``, ``not_tags_any`` (lists), ``ip``,
        ``ip6`` (regular expressions), ``metadata`` (dict)
    :param sort: list of (column, 'asc' or 'desc'); a unique one is added
    :param marker: uuid of the last server of the page before
    :raises MarkerNotFound: if no visible server has that uuid
    :raises InvalidInput: if the database can't use a regular expression
    """
    query = sa.select(instances).where(*server_conditions.conditions_of(filters))
    order = [(instances.c[name], direction) for name, direction in sort]
    order.append((instances.c.id, order[-1][1] if order else 'desc'))
    with _usable_patterns(), engine.reader(context) as connection:
        if marker is not None:
            query = query.where(_after(order, _marker(connection, filters, marker)))
        query = query.order_by(*(
            part for column, direction in order for part in _null_first(column, direction)))
        return [dict(row) for row in connection.execute(query.limit(limit)).mappings()]


@contextlib.contextmanager
def _usable_patterns():
    """The database's regular expressions are not Python's: it may refuse one, or give it up."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if error.orig.args[0] not in REFUSED_PATTERN:
            raise
        raise exception.InvalidInput(reason='the regular expression can not be used') from error


def _marker(connection, filters, uuid):
    visible = {name: filters[name] for name in ('project_id', 'deleted') if name in filters}
    row = connection.execute(sa.select(instances).where(
        instances.c.uuid == uuid, *server_conditions.conditions_of(visible))).mappings().first()
    if row is None:
        raise exception.MarkerNotFound(marker=uuid)
    return row


def _null_first(column, direction):
    """Order by a column that may be NULL alike on all databases: NULL is lowest."""
    is_set = sa.case((column.is_(None), 0), else_=1)
    if not column.nullable:
        return (column.asc() if direction == 'asc' else column.desc(),)
    if direction == 'asc':
        return is_set.asc(), column.asc()
    return is_set.desc(), column.desc()


def _after(order, row):
    """The condition that a row comes after the marker's in the given order."""
    alternatives = []
    equal = []
    for column, direction in order:
        value = row[column.name]
        alternatives.append(sa.and_(*equal, _beyond(column, direction, value)))
        equal.append(column.is_(None) if value is None else column == value)
    return sa.or_(*alternatives)


def _beyond(column, direction, value):
    if value is None:
        return column.is_not(None) if direction == 'asc' else sa.false()
    if direction == 'asc':
        return column > value
    return sa.or_(column < value, column.is_(None)) if column.nullable else column < value
