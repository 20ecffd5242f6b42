# SPDX-License-Identifier: Apache-2.0
"""Lists of servers: filters, sorting and paging in SQL, rows for the views.

No object is made on this path, and the number of statements does not grow
with the page.
"""

import contextlib

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine, failures, paging
from nova_lite.db.stores import instances as store
from nova_lite.db.stores import server_conditions

instances = store.instances

PATTERN_TIME = 2
"""Seconds that a list may take whose filters have a regular expression."""


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
        if server_conditions.has_pattern(filters):
            engine.give_up_after(connection, PATTERN_TIME)
        if marker is not None:
            query = query.where(paging.after(order, _marker(connection, filters, marker)))
        query = query.order_by(*paging.ordering(order))
        return [dict(row) for row in connection.execute(query.limit(limit)).mappings()]


@contextlib.contextmanager
def _usable_patterns():
    """The database's regular expressions are not Python's: it may refuse one, or give it up."""
    try:
        yield
    except failures.PatternRefused as error:
        raise exception.InvalidInput(reason='the regular expression can not be used') from error


def _marker(connection, filters, uuid):
    visible = {name: filters[name] for name in ('project_id', 'deleted') if name in filters}
    row = connection.execute(sa.select(instances).where(
        instances.c.uuid == uuid, *server_conditions.conditions_of(visible))).mappings().first()
    if row is None:
        raise exception.MarkerNotFound(marker=uuid)
    return row
