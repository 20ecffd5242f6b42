# SPDX-License-Identifier: Apache-2.0
"""Which images a list holds and in which order: pure, over the store's records."""

import datetime
import operator

from oslo_utils import timeutils

from nova_lite import exception

PROPERTY = 'property:'
SORT_KEYS = ('name', 'status', 'size', 'disk_format', 'min_disk', 'min_ram',
             'created_at', 'updated_at', 'id')

# name of the filter -> (field of the record, comparison)
_FILTERS = {
    'id': ('id', operator.eq),
    'name': ('name', operator.eq),
    'status': ('status', operator.eq),
    'visibility': ('visibility', operator.eq),
    'owner': ('owner', operator.eq),
    'disk_format': ('disk_format', operator.eq),
    'protected': ('protected', operator.eq),
    'size_min': ('size', operator.ge),
    'size_max': ('size', operator.le),
    'min_disk': ('min_disk', operator.ge),
    'min_ram': ('min_ram', operator.ge),
    'changes_since': ('updated_at', operator.ge),
}


def matching(rows, filters):
    """Answer the records that fit all filters.

    :param filters: name -> value; ``property:<name>`` compares a property,
        ``changes_since`` takes a datetime; a tuple has all values that fit
    :raises InvalidImageFilter: if images have no such thing
    """
    conditions = [_condition(name, value) for name, value in filters.items()]
    return [row for row in rows if all(fits(row) for fits in conditions)]


def _condition(name, value):
    if name.startswith(PROPERTY):
        key = name[len(PROPERTY):]
        return lambda row: row['properties'].get(key) == value
    if name not in _FILTERS:
        raise exception.InvalidImageFilter(name=name)
    field, compares = _FILTERS[name]
    if isinstance(value, tuple):
        return lambda row: row[field] in value
    wanted = _as_recorded(value)
    return lambda row: row[field] is not None and compares(row[field], wanted)


def _as_recorded(value):
    """Records keep times as ISO text in UTC, which sorts as the times do."""
    if isinstance(value, datetime.datetime):
        return timeutils.normalize_time(value).isoformat()
    return value


def ordered(rows, key, descending):
    """Answer the records in order; equal ones by id, so that pages are stable.

    :raises InvalidImageFilter: if images can't be sorted by that
    """
    if key not in SORT_KEYS:
        raise exception.InvalidImageFilter(name=key)
    return sorted(rows, reverse=descending, key=lambda row: (
        row[key] is not None, row[key] or type(row[key])(), row['id']))


def page(rows, marker, limit):
    """Answer the records after the marker, at most ``limit``; None is no limit.

    :raises MarkerNotFound: if the marker is not in the list
    """
    start = 0
    if marker is not None:
        ids = [row['id'] for row in rows]
        if marker not in ids:
            raise exception.MarkerNotFound(marker=marker)
        start = ids.index(marker) + 1
    return rows[start:] if limit is None else rows[start:start + limit]
