# SPDX-License-Identifier: Apache-2.0
"""The migrations make exactly the tables of the models; on MariaDB see tests/live."""

import sqlalchemy
from alembic import autogenerate, migration

from nova_lite.db import engine, migrations, models
from tests import base

FALSE = {'0', 'false'}


def default_differs(_context, _inspected, column, inspected_default, _default, rendered):
    """Answer whether two defaults differ; None leaves it to alembic.

    MariaDB keeps ``false`` as ``0``, which alembic takes for another one.
    """
    if isinstance(column.type, sqlalchemy.Boolean) and {inspected_default, rendered} <= FALSE:
        return False
    return None


def differences():
    """Answer what alembic would change to make the database fit the models."""
    with engine.engine().connect() as connection:
        context = migration.MigrationContext.configure(
            connection, opts={'compare_type': True, 'compare_server_default': default_differs})
        return autogenerate.compare_metadata(context, models.metadata)


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
