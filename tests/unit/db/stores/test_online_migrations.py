# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/online_migrations.py, with migrations of the tests' own."""

from nova_lite.db.stores import online_migrations
from tests import base


class Rows:
    """A migration of so many rows; those of ``stuck`` can not be changed."""

    __name__ = 'rewrite_rows'

    def __init__(self, needed, stuck=0):
        self.needed = needed
        self.stuck = stuck
        self.asked = []

    def __call__(self, context, max_count):
        self.asked.append(max_count)
        if max_count == 0:
            return self.needed, 0
        found = min(max_count, self.needed)
        done = min(found, self.needed - self.stuck)
        self.needed -= done
        return found, done


def broken(context, max_count):
    """A migration that can not be made."""
    raise ValueError('no such column')


class OnlineMigrationsTest(base.TestCase):

    def migrate(self, *migrations, max_count=None):
        self.patch(online_migrations, 'MIGRATIONS', migrations)
        self.results = online_migrations.new_results()
        return [rows.total() for rows in online_migrations.run(None, self.results, max_count)]

    def test_rows_are_changed_a_few_at_a_time_until_none_needs_it(self):
        rows = Rows(120)
        self.assertEqual([50, 50, 20, 0], self.migrate(rows))
        self.assertEqual(0, rows.needed)
        self.assertEqual((120, 120, None), (
            self.results[0].found, self.results[0].done, self.results[0].error))

    def test_count_is_for_all_migrations_together(self):
        first, second = Rows(30), Rows(30)
        self.migrate(first, second, max_count=40)
        self.assertEqual((0, 20), (first.needed, second.needed))

    def test_migration_that_fails_does_not_stop_the_others(self):
        rows = Rows(3)
        self.migrate(broken, rows)
        self.assertEqual(0, rows.needed)
        self.assertEqual('no such column', str(self.results[0].error))

    def test_migration_that_gets_no_further_ends(self):
        rows = Rows(10, stuck=10)
        self.assertEqual([0], self.migrate(rows))
        self.assertEqual((10, 0), (self.results[0].found, self.results[0].done))

    def test_what_remains_is_counted_without_a_change(self):
        done, rows = Rows(0), Rows(7)
        rows.__name__ = 'others'
        self.patch(online_migrations, 'MIGRATIONS', (done, rows))
        self.assertEqual({'others': 7}, online_migrations.remaining(None))
        self.assertEqual([0], rows.asked)
