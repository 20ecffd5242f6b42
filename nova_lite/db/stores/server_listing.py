# SPDX-License-Identifier: Apache-2.0
"""Lists of servers: filters, sorting and paging in SQL, rows for the views.

No object is made on this path, and the number of statements does not grow
with the page.
"""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import instances as store

instances = store.instances

EXACT = frozenset({
    'uuid', 'host', 'node', 'vm_state', 'task_state', 'power_state', 'image_ref', 'flavor_id',
    'project_id', 'user_id', 'reservation_id', 'key_name', 'availability_zone', 'locked',
    'launch_index', 'kernel_id', 'ramdisk_id', 'root_device_name', 'launched_on', 'config_drive',
    'auto_disk_config', 'locked_by', 'progress', 'access_ip_v4', 'access_ip_v6', 'hostname',
    'terminated_at', 'launched_at', 'created_at',
})
"""Filters that compare a column with a value or a list of values."""

PATTERNS = {'name': 'display_name', 'description': 'display_description',
            'display_description': 'display_description'}
"""Filters that match a column with a regular expression."""


def list_rows(context, *, filters, sort, marker=None, limit=None):
    """Answer a page of servers as rows with metadata.

    :param filters: names of EXACT or PATTERNS, ``deleted`` (bool, None for
        both), ``changes_since``, ``changes_before`` (datetimes), ``tags``
        (all of them), ``metadata`` (dict)
    :param sort: list of (column, 'asc' or 'desc'); a unique one is added
    :param marker: uuid of the last server of the page before
    :raises MarkerNotFound: if no visible server has that uuid
    """
    query = sa.select(instances).where(*_conditions(filters))
    order = [(instances.c[name], direction) for name, direction in sort]
    order.append((instances.c.id, order[-1][1] if order else 'desc'))
    with engine.reader(context) as connection:
        if marker is not None:
            query = query.where(_after(order, _marker(connection, filters, marker)))
        query = query.order_by(*(
            part for column, direction in order for part in _null_first(column, direction)))
        return store.with_metadata(connection, connection.execute(query.limit(limit)).mappings())


def _conditions(filters):
    for name, wanted in filters.items():
        if name in EXACT:
            column = instances.c[name]
            if isinstance(wanted, (list, tuple, set, frozenset)):
                yield column.in_(wanted)
            else:
                yield column.is_(None) if wanted is None else column == wanted
        elif name in PATTERNS:
            yield instances.c[PATTERNS[name]].regexp_match(wanted)
        elif name == 'deleted':
            if wanted is not None:
                yield instances.c.deleted.is_(bool(wanted))
        elif name == 'changes_since':
            yield instances.c.updated_at >= wanted
        elif name == 'changes_before':
            yield instances.c.updated_at <= wanted
        elif name == 'tags':
            yield from (_has_tag(tag) for tag in wanted)
        elif name == 'metadata':
            yield from (_has_pair(key, value) for key, value in wanted.items())
        else:
            raise KeyError(name)


def _has_tag(tag):
    return sa.exists().where(store.tags.c.instance_uuid == instances.c.uuid, store.tags.c.tag == tag)


def _has_pair(key, value):
    return sa.exists().where(
        store.metadata.c.instance_uuid == instances.c.uuid,
        store.metadata.c.key == key, store.metadata.c.value == value)


def _marker(connection, filters, uuid):
    visible = {name: filters[name] for name in ('project_id', 'deleted') if name in filters}
    row = connection.execute(sa.select(instances).where(
        instances.c.uuid == uuid, *_conditions(visible))).mappings().first()
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
