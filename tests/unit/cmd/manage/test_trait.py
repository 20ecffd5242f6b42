# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/trait.py: what an operator types and reads."""

import contextlib
import io
import json

from nova_lite.cmd import manage
from nova_lite.db import engine
from nova_lite.db.stores import traits
from tests import base
from tests.fixtures import database, records


class TraitCommandsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.config = self.temporary_directory() / 'nova_lite.conf'
        self.config.write_text(f'[database]\nconnection = {engine.engine().url}\n')
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context)
        traits.report(self.context, {1: {'by_driver': frozenset({'HW_CPU_X86_AVX'}),
                                         'by_file': frozenset()}})

    def manage(self, *argv):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = manage.main(['--config-file', str(self.config), *argv])
        return code, out.getvalue(), err.getvalue()

    def answer(self, *argv):
        code, out, _err = self.manage(*argv, '-f', 'json')
        self.assertEqual(0, code)
        return json.loads(out)

    def listed(self, *argv):
        return [(row['host'], row['trait'], row['by'])
                for row in self.answer('trait', 'list', *argv)]

    def test_list_says_who_says_so(self):
        self.assertEqual([{'added': 2}], self.answer(
            'trait', 'add', 'cmp1', 'HW_CPU_X86_AVX', 'CUSTOM_SSD'))
        self.assertEqual([('cmp1', 'CUSTOM_SSD', ['operator']),
                          ('cmp1', 'HW_CPU_X86_AVX', ['driver', 'operator'])], self.listed())
        self.assertEqual(1, len(self.listed('--host', 'cmp1', '--trait', 'CUSTOM_SSD')))

    def test_removal_leaves_what_the_host_says(self):
        self.answer('trait', 'add', 'cmp1', 'HW_CPU_X86_AVX', 'CUSTOM_SSD')
        _code, out, _err = self.manage('trait', 'remove', 'cmp1', 'HW_CPU_X86_AVX', 'CUSTOM_SSD')
        self.assertIn('1 stay(s), because the host itself says so', out)
        self.assertEqual([('cmp1', 'HW_CPU_X86_AVX', ['driver'])], self.listed())

    def test_misspelt_trait_is_refused(self):
        code, _out, err = self.manage('trait', 'add', 'cmp1', 'HW_CPU_X86_AVX9')
        self.assertEqual(1, code)
        self.assertIn('os-traits has no such name', err)

    def test_unknown_host_is_said_to_be_unknown(self):
        code, _out, err = self.manage('trait', 'add', 'cmp9', 'CUSTOM_SSD')
        self.assertEqual(1, code)
        self.assertIn('cmp9', err)
