# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/status/__init__.py: the table, and the exit codes."""

import contextlib
import io
import json

from oslo_config import cfg
from oslo_upgradecheck.upgradecheck import Code, Result

from nova_lite import conf
from nova_lite.cmd import status
from nova_lite.cmd.status import files, identity, images, records
from tests import base

CHECKS = ((files, 'configuration'), (files, 'policy_file'), (files, 'keys'), (files, 'broker'),
          (identity, 'tokens'), (images, 'store'), (records, 'schema'),
          (records, 'online_migrations'), (records, 'service_versions'),
          (records, 'operations'))


class StatusTest(base.TestCase):
    """All checks succeed, unless a test says otherwise."""

    def setUp(self):
        super().setUp()
        for module, name in CHECKS:
            self.patch(module, name, lambda: Result(Code.SUCCESS))

    def check(self, *argv):
        """Answer the exit code and what was printed."""
        out = io.StringIO()
        conf.CONF.clear()
        self.addCleanup(conf.CONF.unregister_opt, cfg.SubCommandOpt('command'))
        self.addCleanup(conf.CONF.clear)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            return status.main([*argv]), out.getvalue()

    def test_every_check_is_a_line_of_the_table_and_success_is_code_0(self):
        code, out = self.check('upgrade', 'check')
        self.assertEqual(0, code)
        self.assertEqual(len(CHECKS), out.count('Result: Success'))

    def test_worst_result_is_the_code(self):
        self.patch(records, 'schema', lambda: Result(Code.FAILURE, 'It is old.'))
        self.patch(files, 'keys', lambda: Result(Code.WARNING, 'They are weak.'))
        code, out = self.check('upgrade', 'check')
        self.assertEqual(2, code)
        self.assertIn('It is old.', out)

    def test_warning_is_code_1_also_as_json(self):
        self.patch(files, 'keys', lambda: Result(Code.WARNING, 'They are weak.'))
        code, out = self.check('upgrade', 'check', '--json')
        self.assertEqual(1, code)
        self.assertIn({'check': 'Keys', 'result': 1, 'details': 'They are weak.'},
                      json.loads(out)['checks'])

    def test_check_that_can_not_be_made_is_code_255(self):
        def fail():
            raise OSError('the database does not answer')

        self.patch(records, 'schema', fail)
        code, out = self.check('upgrade', 'check')
        self.assertEqual(255, code)
        self.assertIn('the database does not answer', out)

    def test_configuration_that_can_not_be_read_is_code_255(self):
        code, out = self.check('--config-file', '/nonexistent', 'upgrade', 'check')
        self.assertEqual(255, code)
        self.assertIn('/nonexistent', out)
