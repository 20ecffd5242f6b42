# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/paging.py: pages follow each other, whatever is sorted by."""

import itertools

import sqlalchemy as sa

from nova_lite.db import paging
from tests import base

TABLE = sa.Table(
    'rows', sa.MetaData(), sa.Column('id', sa.Integer, primary_key=True),
    sa.Column('word', sa.String(8)), sa.Column('size', sa.Integer, nullable=False),
    sa.Column('maybe', sa.Boolean), sa.Column('sure', sa.Boolean, nullable=False))

ROWS = [
    {'id': 1, 'word': 'b', 'size': 1, 'maybe': True, 'sure': False},
    {'id': 2, 'word': None, 'size': 1, 'maybe': None, 'sure': True},
    {'id': 3, 'word': 'a', 'size': 2, 'maybe': False, 'sure': False},
    {'id': 4, 'word': None, 'size': 2, 'maybe': None, 'sure': True},
    {'id': 5, 'word': 'a', 'size': 1, 'maybe': True, 'sure': True},
    {'id': 6, 'word': 'b', 'size': 2, 'maybe': False, 'sure': False}]

DIRECTIONS = ('asc', 'desc')


def expected(*directions):
    """Sort the rows by word, size and id, NULL lowest."""
    rows = list(ROWS)
    for name, direction in reversed(list(zip(('word', 'size', 'id'), directions, strict=True))):
        lowest = '' if name == 'word' else 0
        rows.sort(key=lambda row, name=name, lowest=lowest: row[name] or lowest,
                  reverse=direction == 'desc')
    return [row['id'] for row in rows]


class PagingTest(base.TestCase):

    def setUp(self):
        super().setUp()
        engine = sa.create_engine('sqlite://')
        self.addCleanup(engine.dispose)
        self.connection = engine.connect()
        self.addCleanup(self.connection.close)
        TABLE.create(self.connection)
        self.connection.execute(TABLE.insert(), ROWS)

    def page(self, order, marker):
        query = sa.select(TABLE).order_by(*paging.ordering(order)).limit(2)
        if marker is not None:
            query = query.where(paging.after(order, marker))
        return self.connection.execute(query).mappings().all()

    def walk(self, order):
        """Answer the ids of all pages, in the order of reading."""
        found, marker = [], None
        while page := self.page(order, marker):
            found += [row['id'] for row in page]
            marker = page[-1]
        return found

    def test_every_row_is_on_exactly_one_page_in_the_order_asked_for(self):
        for directions in itertools.product(DIRECTIONS, repeat=3):
            order = list(zip((TABLE.c.word, TABLE.c.size, TABLE.c.id), directions, strict=True))
            self.assertEqual(expected(*directions), self.walk(order), directions)

    def test_yes_and_no_have_an_order(self):
        columns = TABLE.c
        for column, direction, ids in (
                (columns.maybe, 'asc', [2, 4, 3, 6, 1, 5]),
                (columns.maybe, 'desc', [1, 5, 3, 6, 2, 4]),
                (columns.sure, 'asc', [1, 3, 6, 2, 4, 5]),
                (columns.sure, 'desc', [2, 4, 5, 1, 3, 6])):
            self.assertEqual(ids, self.walk([(column, direction), (columns.id, 'asc')]))
