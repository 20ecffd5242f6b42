# SPDX-License-Identifier: Apache-2.0
"""nova-lite-manage: what an operator sees when a subcommand ends, well or not."""

import contextlib
import io
import types

import fixtures
from oslo_config import cfg
from oslo_db import exception as db_exc

from nova_lite import exception
from nova_lite.cmd import manage
from tests import base


class MainTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.cmd.manage.families', lambda: [types.SimpleNamespace(register=self.add)]))
        self.answer = None
        self.error = None

    def add(self, subparsers):
        subparsers.add_parser('act').set_defaults(run=self.act)

    def act(self, _args):
        if self.error:
            raise self.error
        print('acted')
        return self.answer

    def manage(self, *argv):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = manage.main(argv)
        return code, out.getvalue(), err.getvalue()

    def failure(self, error):
        self.error = error
        code, _out, err = self.manage('act')
        return code, err

    def test_success_is_exit_code_0(self):
        self.assertEqual((0, 'acted\n', ''), self.manage('act'))

    def test_subcommand_chooses_the_exit_code(self):
        self.answer = 1
        self.assertEqual(1, self.manage('act')[0])

    def test_expected_error_is_one_line_without_traceback(self):
        self.assertEqual((1, 'nova-lite-manage: Not authorized.\n'),
                         self.failure(exception.Forbidden()))

    def test_missing_file_is_named(self):
        self.assertEqual((1, 'nova-lite-manage: /x: No such file or directory\n'),
                         self.failure(FileNotFoundError(2, 'No such file or directory', '/x')))

    def test_database_without_tables_says_what_to_do(self):
        code, err = self.failure(db_exc.DBNonExistentTable('services'))
        self.assertEqual(1, code)
        self.assertIn('nova-lite-manage db sync', err)

    def test_database_that_is_away_says_so(self):
        code, err = self.failure(db_exc.DBConnectionError(OSError('refused')))
        self.assertEqual(1, code)
        self.assertIn('the database does not answer', err)

    def test_wrong_configuration_is_exit_code_2(self):
        path = self.temporary_directory() / 'broken.conf'
        path.write_text('no group, no option\n', encoding='utf-8')
        code, _out, err = self.manage('--config-file', str(path), 'act')
        self.assertEqual(2, code)
        self.assertIn('broken.conf', err)

    def test_bug_keeps_its_traceback(self):
        self.error = ZeroDivisionError()
        self.assertRaises(ZeroDivisionError, self.manage, 'act')

    def test_debug_shows_where_an_expected_error_came_from(self):
        self.error = exception.Forbidden()
        self.assertRaises(exception.Forbidden, self.manage, '--debug', 'act')

    def test_interrupt_ends_quietly(self):
        self.assertEqual((130, ''), self.failure(KeyboardInterrupt()))

    def test_no_subcommand_is_wrong_usage(self):
        error = self.assertRaises(SystemExit, self.manage)
        self.assertEqual(2, error.code)

    def test_configuration_file_is_read(self):
        path = self.temporary_directory() / 'some.conf'
        path.write_text('[database]\nmax_retries = 3\n', encoding='utf-8')
        self.manage('--config-file', str(path), 'act')
        self.assertEqual(3, cfg.CONF.database.max_retries)


class FamiliesTest(base.TestCase):

    def test_every_module_of_the_package_registers_its_parser(self):
        for family in manage.families():
            self.assertTrue(callable(family.register), family.__name__)

    def test_every_subcommand_has_a_help_and_a_function(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            error = self.assertRaises(SystemExit, manage.main, ['--help'])
        self.assertIn(error.code, (0, None))
        for family in manage.families():
            self.assertIn(family.__name__.rsplit('.', 1)[-1], out.getvalue())
