# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/key_files.py."""

import contextlib
import io
import os
import shutil

from nova_lite.cmd.manage import key_files
from tests import base


class CreateTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.path = self.temporary_directory() / 'keys' / 'a.key'
        self.given = []
        self.patch(os, 'geteuid', lambda: 0)
        self.patch(shutil, 'chown', lambda *arguments: self.given.append(arguments))

    def create(self):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            key_files.create(self.path, lambda path: path.write_text('key', encoding='ascii'))
        return out.getvalue(), err.getvalue()

    def test_daemons_may_read_the_key_and_walk_in(self):
        self.create()
        self.assertEqual([(self.path.parent, 'root', 'nova-lite'),
                          (self.path, 'root', 'nova-lite')], self.given)
        self.assertEqual(0, self.path.parent.stat().st_mode & 0o027)

    def test_directory_that_is_there_is_left_as_it_is(self):
        self.path.parent.mkdir()
        self.create()
        self.assertEqual([self.path], [path for path, *_owners in self.given])

    def test_key_that_is_there_is_kept(self):
        self.create()
        self.path.write_text('mine', encoding='ascii')
        self.assertIn('nothing changed', self.create()[0])
        self.assertEqual('mine', self.path.read_text(encoding='ascii'))

    def test_machine_without_the_group_is_told(self):
        def unknown(_path, _owner, group):
            raise LookupError(group)
        self.patch(shutil, 'chown', unknown)
        self.assertIn('only root can read', self.create()[1])
        self.assertTrue(self.path.exists())

    def test_somebody_else_than_root_gives_nothing_away(self):
        self.patch(os, 'geteuid', lambda: 1000)
        self.create()
        self.assertEqual([], self.given)
