# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/durable_files.py: the old file or the whole new one."""

import stat

from nova_lite import durable_files
from tests import base


class ReplacedFileTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory()
        self.path = self.directory / 'file'

    def write(self, content, **options):
        with durable_files.replaced_file(self.path, **options) as new:
            new.write(content)

    def names(self):
        return [path.name for path in self.directory.iterdir()]

    def test_new_file_takes_the_place_of_the_old_one(self):
        self.write(b'old')
        self.write(b'new')
        self.assertEqual((b'new', ['file']), (self.path.read_bytes(), self.names()))

    def test_old_file_is_there_while_the_new_one_is_written(self):
        self.write(b'old')
        with durable_files.replaced_file(self.path) as new:
            new.write(b'half')
            self.assertEqual(b'old', self.path.read_bytes())

    def test_error_leaves_the_old_file_and_nothing_aside(self):
        self.write(b'old')

        def fail():
            with durable_files.replaced_file(self.path) as new:
                new.write(b'half')
                raise KeyboardInterrupt
        self.assertRaises(KeyboardInterrupt, fail)
        self.assertEqual((b'old', ['file']), (self.path.read_bytes(), self.names()))

    def test_what_a_crash_has_left_aside_is_not_in_the_way(self):
        (self.directory / 'file.part').write_bytes(b'half of something')
        self.write(b'new')
        self.assertEqual((b'new', ['file']), (self.path.read_bytes(), self.names()))

    def test_mode_is_what_was_asked_for(self):
        for mode in (0o600, 0o644):
            self.write(b'', mode=mode)
            self.assertEqual(mode, stat.S_IMODE(self.path.stat().st_mode))
