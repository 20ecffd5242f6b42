# SPDX-License-Identifier: Apache-2.0
"""Pages of a list: where the next one begins, whatever the list is sorted by.

The stores give the order as (column, 'asc' or 'desc') pairs of which the last
column is unique, and the marker's row, which they have looked up before. NULL
is lower than every value, on all databases alike.
"""

import sqlalchemy as sa

NO_LIMIT = 2 ** 31 - 1
"""The most rows of a page that is all of the list."""


def ordering(order):
    """Answer what to give to ``order_by``."""
    return [part for column, direction in order for part in _null_lowest(column, direction)]


def _null_lowest(column, direction):
    turned = sa.asc if direction == 'asc' else sa.desc
    if not column.nullable:
        return (turned(column),)
    return turned(sa.case((column.is_(None), 0), else_=1)), turned(column)


def after(order, marker):
    """Answer the condition that a row comes after the marker's.

    :param marker: row with the columns of the order
    """
    alternatives = []
    equal = []
    for column, direction in order:
        value = marker[column.name]
        alternatives.append(sa.and_(*equal, _beyond(column, direction, value)))
        equal.append(column.is_(None) if value is None else column == value)
    return sa.or_(*alternatives)


def _beyond(column, direction, value):
    if value is None:
        return column.is_not(None) if direction == 'asc' else sa.false()
    if direction == 'asc':
        return _above(column, value)
    below = _below(column, value)
    return sa.or_(below, column.is_(None)) if column.nullable else below


def _above(column, value):
    # Booleans have no order in SQL.
    if isinstance(column.type, sa.Boolean):
        return sa.false() if value else column.is_(True)
    return column > value


def _below(column, value):
    if isinstance(column.type, sa.Boolean):
        return column.is_(False) if value else sa.false()
    return column < value
