# SPDX-License-Identifier: Apache-2.0
"""Reads whose statements have a user's regular expression."""

import contextlib

import fixtures
import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import patterns
from tests import base
from tests.fixtures import database


class ReaderTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.times = []
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.db.engine.limited', self.limited))

    @contextlib.contextmanager
    def limited(self, _connection, seconds):
        self.times.append(seconds)
        yield

    def match(self, pattern, *, with_pattern=True):
        with patterns.reader(None, with_pattern=with_pattern) as connection:
            return connection.execute(
                sa.select(sa.literal('abc').regexp_match(pattern))).scalar_one()

    def test_pattern_is_the_databases(self):
        self.assertTrue(self.match('^a'))
        self.assertFalse(self.match('^b'))

    def test_pattern_that_can_not_be_used_makes_the_request_wrong(self):
        self.assertRaises(exception.InvalidInput, self.match, '(')

    def test_only_reads_with_a_pattern_are_given_up(self):
        self.match('a', with_pattern=False)
        self.assertEqual([], self.times)
        self.match('a')
        self.assertEqual([patterns.TIME], self.times)
