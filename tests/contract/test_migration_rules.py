# SPDX-License-Identifier: Apache-2.0
"""Expand steps run under daemons of the release before, contract steps after them."""

import datetime

import sqlalchemy as sa
from alembic import command, op

from nova_lite.db import engine, migrations
from tests import base
from tests.contract import migration_rules as rules

FIRST_RELEASE = 'expand_0005'

VALUES = {sa.Integer: 1, sa.BigInteger: 1, sa.Float: 0.5, sa.Boolean: True, sa.JSON: {},
          sa.DateTime: datetime.datetime(2030, 1, 1), sa.String: 'word', sa.Text: 'word'}


class RulesTest(base.TestCase):
    """All steps there are."""

    def test_no_step_disturbs_the_daemons_that_run_beside_it(self):
        for branch, revision, upgrade in rules.steps():
            self.assertEqual(
                [], list(rules.objections(branch, rules.statements(upgrade))), revision)

    def test_every_step_belongs_to_a_branch(self):
        self.assertEqual(set(migrations.BRANCHES), {branch for branch, *_ in rules.steps()})


class ForbiddenStepTest(base.TestCase):
    """Steps that somebody might write."""

    def assert_refused(self, branch, what, step):
        found = list(rules.objections(branch, rules.statements(step)))
        self.assertEqual(1, len(found), found)
        self.assertIn(what, found[0])

    def assert_allowed(self, branch, step):
        self.assertEqual([], list(rules.objections(branch, rules.statements(step))))

    def test_expand_takes_nothing_away_and_renames_nothing(self):
        for what, step in (
                ('takes away', lambda: op.drop_table('flavors')),
                ('takes away', lambda: op.drop_column('flavors', 'name')),
                ('takes away', lambda: op.drop_index('ix_flavors_name', 'flavors')),
                ('renames', lambda: op.rename_table('flavors', 'sizes')),
                ('renames', lambda: op.alter_column(
                    'flavors', 'name', new_column_name='title', existing_type=sa.String(9)))):
            self.assert_refused('expand', what, step)

    def test_expand_tightens_nothing(self):
        self.assert_refused('expand', 'changes a column', lambda: op.alter_column(
            'flavors', 'name', nullable=False, existing_type=sa.String(9)))
        self.assert_refused('expand', 'inserts of the release before', lambda: op.add_column(
            'flavors', sa.Column('colour', sa.String(9), nullable=False)))
        self.assert_refused('expand', 'rows of the release before', lambda: op.create_index(
            'ix_flavors_name', 'flavors', ['name'], unique=True))
        self.assert_refused(
            'expand', 'rows of the release before', lambda: op.create_unique_constraint(
                'uq_flavors_name', 'flavors', ['name']))

    def test_expand_rewrites_no_rows(self):
        self.assert_refused('expand', 'rewrites rows', lambda: op.execute(
            "UPDATE flavors SET name = 'x'"))

    def test_expand_adds_what_nobody_needs(self):
        self.assert_allowed('expand', lambda: op.add_column(
            'flavors', sa.Column('colour', sa.String(9))))
        self.assert_allowed('expand', lambda: op.add_column(
            'flavors', sa.Column('size', sa.Integer, nullable=False, server_default='0')))
        self.assert_allowed('expand', lambda: op.create_index('ix', 'flavors', ['name']))

    def test_expand_may_do_with_a_table_of_its_own_what_it_likes(self):
        def step():
            op.create_table('colours', sa.Column('name', sa.String(9), nullable=False))
            op.create_unique_constraint('uq_colours_name', 'colours', ['name'])

        self.assert_allowed('expand', step)

    def test_contract_makes_nothing(self):
        for step in (lambda: op.create_table('colours', sa.Column('name', sa.String(9))),
                     lambda: op.create_index('ix', 'flavors', ['name']),
                     lambda: op.add_column('flavors', sa.Column('colour', sa.String(9)))):
            self.assert_refused('contract', 'makes something', step)

    def test_contract_takes_away_and_tightens(self):
        for step in (lambda: op.drop_column('flavors', 'name'),
                     lambda: op.create_unique_constraint('uq', 'flavors', ['name']),
                     lambda: op.alter_column('flavors', 'name', nullable=False,
                                             existing_type=sa.String(9))):
            self.assert_allowed('contract', step)


class YesterdaysStatementsTest(base.TestCase):
    """The expanded schema, and the tables as the first release knows them."""

    def setUp(self):
        super().setUp()
        engine.configure(f'sqlite:///{self.temporary_directory()}/nova_lite.sqlite')
        command.upgrade(migrations.alembic_config(), FIRST_RELEASE)
        self.known = sa.MetaData()
        self.known.reflect(engine.engine())
        self.known.remove(self.known.tables['alembic_version'])
        migrations.sync('expand')

    def row(self, table, *, whole):
        """Answer values for a row.

        :param whole: of all columns the release knows, or of those only that it must give
        """
        return {column.name: self.value(column) for column in table.columns
                if column.computed is None and (
                    whole or (not column.nullable and column.server_default is None))}

    def value(self, column):
        for key in column.foreign_keys:
            return self.value(key.column)
        kind = next(parent for parent in type(column.type).__mro__ if parent in VALUES)
        return VALUES[kind]

    def assert_works(self, *, whole):
        with engine.writer() as connection:
            for table in self.known.sorted_tables:
                row = self.row(table, whole=whole)
                connection.execute(table.insert().values(row))
                found = connection.execute(sa.select(*table.columns)).mappings().one()
                self.assertEqual(row, {name: found[name] for name in row}, table.name)
                connection.execute(table.update().values(row))
            for table in reversed(self.known.sorted_tables):
                self.assertEqual(1, connection.execute(table.delete()).rowcount, table.name)

    def test_rows_with_all_columns_of_that_release_are_written_and_read(self):
        self.assertIn('instances', self.known.tables)
        self.assert_works(whole=True)

    def test_rows_with_the_columns_that_it_must_give_are_written_and_read(self):
        self.assert_works(whole=False)
