# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/db/schema.py: from no schema to the newest."""

import contextlib
import io

import sqlalchemy as sa

from nova_lite.cmd import manage
from nova_lite.db import engine
from tests import base


class DatabaseCommandsTest(base.TestCase):
    """An empty database."""

    def setUp(self):
        super().setUp()
        directory = self.temporary_directory()
        self.config = directory / 'nova_lite.conf'
        self.config.write_text(f'[database]\nconnection = sqlite:///{directory}/db.sqlite\n')
        self.addCleanup(lambda: engine.engine().dispose())

    def manage(self, *argv):
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = manage.main(['--config-file', str(self.config), 'db', *argv])
        return code, out.getvalue()

    def tables(self):
        return set(sa.inspect(engine.engine()).get_table_names())

    def test_empty_database_is_not_synced_and_says_what_to_do(self):
        code, out = self.manage('version')
        self.assertEqual(1, code)
        self.assertIn('expand: not synced', out)
        self.assertIn('run "nova-lite-manage db sync"', out)

    def test_sync_makes_all_tables_and_says_each_step(self):
        code, out = self.manage('sync')
        self.assertEqual(0, code)
        self.assertRegex(out, r'Done, \d+ step\(s\)')
        self.assertTrue({'services', 'instances', 'operations'} <= self.tables())
        self.assertEqual(0, self.manage('version')[0])

    def test_second_sync_has_nothing_to_do(self):
        self.manage('sync')
        code, out = self.manage('sync')
        self.assertEqual(0, code)
        self.assertIn('Nothing to do, the schema is up to date.', out)

    def test_expansion_alone_leaves_the_contraction_for_later(self):
        self.assertEqual(0, self.manage('sync', '--expand')[0])
        code, out = self.manage('version')
        self.assertEqual(1, code)
        self.assertRegex(out, r'expand: \S+ \(up to date\)')
        self.assertIn('contract: not synced', out)
        self.manage('sync', '--contract')
        self.assertEqual(0, self.manage('version')[0])
