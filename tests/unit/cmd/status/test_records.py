# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/status/records.py, on a database in all its conditions."""

import sqlalchemy as sa
from alembic import command
from oslo_upgradecheck.upgradecheck import Code
from oslo_utils import fixture as utils_fixture

from nova_lite.cmd.status import records as checks
from nova_lite.db import connect, engine, migrations
from nova_lite.db.stores import online_migrations
from nova_lite.rpc import versions
from nova_lite.states import operation as op
from nova_lite.states import transitions
from tests import base
from tests.fixtures import ended, records


class RecordsTest(base.TestCase):
    """A new database, without tables."""

    def setUp(self):
        super().setUp()
        self.override('database', connection=f'sqlite:///{self.temporary_directory()}/db.sqlite')
        connect.connect()
        self.addCleanup(lambda: engine.engine().dispose())
        self.clock = self.useFixture(utils_fixture.TimeFixture())
        self.context = records.caller(is_admin=True)

    def sync(self, *branches):
        for branch in branches or migrations.BRANCHES:
            migrations.sync(branch)

    def assert_result(self, code, check, *words):
        found = check()
        self.assertEqual(code, found.code, found.details)
        for word in words:
            self.assertIn(word, found.details)

    def test_missing_tables_fail_the_schema_and_leave_nothing_else_to_check(self):
        self.assert_result(Code.FAILURE, checks.schema, 'db sync --expand')
        for check in (checks.online_migrations, checks.service_versions, checks.operations):
            self.assert_result(Code.WARNING, check, 'no tables yet')

    def test_synced_and_empty_database_is_ready(self):
        self.sync()
        for check in (checks.schema, checks.online_migrations, checks.service_versions,
                      checks.operations):
            self.assert_result(Code.SUCCESS, check)

    def test_schema_of_an_older_release_fails(self):
        command.upgrade(migrations.alembic_config(), 'expand_0005')
        self.assert_result(Code.FAILURE, checks.schema, 'expand_0005',
                           migrations.newest()['expand'])

    def test_contraction_that_is_left_is_a_warning(self):
        self.sync('expand')
        self.assert_result(Code.WARNING, checks.schema, 'db sync --contract')

    def test_schema_of_a_newer_release_fails(self):
        self.sync()
        with engine.engine().begin() as connection:
            connection.execute(sa.text(
                "UPDATE alembic_version SET version_num = 'expand_9999' "
                "WHERE version_num LIKE 'expand%'"))
        self.assert_result(Code.FAILURE, checks.schema, 'expand_9999', 'newer release')

    def test_rows_in_an_older_form_are_a_warning(self):
        self.sync()
        self.patch(online_migrations, 'MIGRATIONS', (lambda context, max_count: (7, 0),))
        self.assert_result(Code.WARNING, checks.online_migrations, '7', 'online_data_migrations')

    def test_rows_that_can_not_be_counted_fail(self):
        def count(context, max_count):
            with engine.reader(context) as connection:
                connection.execute(sa.text('SELECT later FROM operations'))

        self.sync()
        self.patch(online_migrations, 'MIGRATIONS', (count,))
        self.assert_result(Code.FAILURE, checks.online_migrations, 'later')

    def test_running_service_that_is_too_old_fails(self):
        self.sync()
        records.compute_host(self.context)
        self.patch(versions, 'OLDEST_SUPPORTED', 2)
        self.patch(versions, 'SERVICE_VERSION', 3)
        self.assert_result(Code.FAILURE, checks.service_versions,
                           'nova-lite-compute on cmp1 (version 1)')

    def test_dead_service_that_is_too_old_is_a_warning(self):
        self.sync()
        records.compute_host(self.context)
        self.clock.advance_time_seconds(1000)
        self.patch(versions, 'OLDEST_SUPPORTED', 2)
        self.assert_result(Code.WARNING, checks.service_versions, 'cmp1')

    def test_service_of_a_newer_release_is_a_warning(self):
        self.sync()
        records.compute_host(self.context)
        self.patch(versions, 'SERVICE_VERSION', 0)
        self.assert_result(Code.WARNING, checks.service_versions, 'Newer', 'cmp1')

    def test_work_that_this_release_can_go_on_with_is_no_trouble(self):
        self.sync()
        ended.operation(op.PENDING)
        self.assert_result(Code.SUCCESS, checks.operations)

    def test_unfinished_work_of_an_unknown_kind_or_phase_fails(self):
        self.sync()
        ended.operation(op.PENDING, kind='teleport')
        ended.operation(op.WAITING_FOR_HOST, phase='beam', kind=transitions.DELETE)
        ended.operation(op.DONE, kind='forgotten')
        self.assert_result(Code.FAILURE, checks.operations, 'teleport in', 'delete in beam: 1')
        self.assertNotIn('forgotten', checks.operations().details)
