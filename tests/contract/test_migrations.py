# SPDX-License-Identifier: Apache-2.0
"""The migrations make exactly the tables of the models; on MariaDB see tests/live."""

import sqlalchemy
from alembic import autogenerate, migration

from nova_lite.db import engine, migrations, models
from tests import base


def says_false(default):
    """Answer whether a column's default is false, as a model or as a database says it."""
    return isinstance(default.arg, sqlalchemy.False_) or str(default.arg) in {'0', 'false'}


def is_same(change):
    """Answer whether it is no change: MariaDB keeps ``false`` as ``0``."""
    kind, *_where, before, after = change
    return kind == 'modify_default' and all((before, after)) and all(
        map(says_false, (before, after)))


def differences():
    """Answer what alembic would change to make the database fit the models."""
    with engine.engine().connect() as connection:
        context = migration.MigrationContext.configure(
            connection, opts={'compare_type': True, 'compare_server_default': True})
        found = autogenerate.compare_metadata(context, models.metadata)
    # Changes of a column come as a list of their own, all others as tuples.
    return [change for change in found
            if not (isinstance(change, list) and all(map(is_same, change)))]


class MigrationsTest(base.TestCase):
    """The schema's history."""

    def setUp(self):
        super().setUp()
        engine.configure(f'sqlite:///{self.temporary_directory()}/nova_lite.sqlite')

    def sync(self):
        for branch in migrations.BRANCHES:
            migrations.sync(branch)

    def test_migrations_make_the_tables_of_the_models(self):
        self.sync()
        self.assertEqual([], differences())

    def test_sync_may_be_repeated_and_ends_at_the_newest_revisions(self):
        self.assertEqual(dict.fromkeys(migrations.BRANCHES), migrations.versions())
        self.sync()
        self.sync()
        self.assertEqual(migrations.newest(), migrations.versions())

    def test_every_step_says_what_it_does(self):
        said = []
        for branch in migrations.BRANCHES:
            migrations.sync(branch, lambda revision, text: said.append((revision, text)))
        self.assertEqual('expand_0001', said[0][0])
        self.assertEqual([], [revision for revision, text in said if not text])
