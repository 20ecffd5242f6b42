# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/migrations.py: which are listed, in which order."""

from nova_lite import exception
from nova_lite.db.stores import migrations as store
from tests import base
from tests.fixtures import database, migrations, records


class MigrationsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.uuids = {number: migrations.insert(number) for number in (1, 2, 3)}

    def ids(self, marker=None, limit=None, **filters):
        return [row['id'] for row in store.list_migrations(
            self.context, filters=filters, marker=marker, limit=limit)]

    def test_newest_comes_first_and_pages_go_on_after_their_marker(self):
        self.assertEqual([3, 2, 1], self.ids())
        self.assertEqual([3, 2], self.ids(limit=2))
        self.assertEqual([1], self.ids(limit=2, marker=self.uuids[2]))

    def test_marker_of_another_project_is_not_there(self):
        self.assertRaises(exception.MarkerNotFound, self.ids, marker=self.uuids[2],
                          project_id='other')
        self.assertRaises(exception.MarkerNotFound, self.ids, marker=migrations.OTHER)

    def test_migration_that_was_never_changed_counts_by_its_beginning(self):
        migrations.insert(4, updated_at=None)
        moment = migrations.BEGIN + migrations.datetime.timedelta(seconds=3)
        self.assertEqual([4, 3], self.ids(changes_since=moment))
        self.assertEqual([3, 2, 1], self.ids(changes_before=moment))
