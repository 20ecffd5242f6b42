# SPDX-License-Identifier: Apache-2.0
"""The console log is read from its end, and nothing but console logs."""

import os

from nova_lite import exception
from nova_lite.privsep import console as privileged
from nova_lite.privsep import console_context
from nova_lite.virt.libvirt import console
from tests import base
from tests.fixtures import virt


class ConsoleTestCase(base.TestCase):

    def setUp(self):
        super().setUp()
        console_context.set_client_mode(False)
        self.addCleanup(console_context.set_client_mode, True)
        self.directory = self.temporary_directory()
        self.override(instances_path=str(self.directory))
        self.uuid = virt.new_uuid()
        (self.directory / self.uuid).mkdir()

    def write(self, text, name='console.log'):
        (self.directory / self.uuid / name).write_bytes(text)

    def test_whole_log_is_answered(self):
        self.write(b'one\ntwo\n')
        self.assertEqual(b'one\ntwo\n', console.read(self.uuid, None))

    def test_last_lines_are_answered(self):
        self.write(b'one\ntwo\nthree')
        self.assertEqual(b'two\nthree', console.read(self.uuid, 2))
        self.assertEqual(b'', console.read(self.uuid, 0))

    def test_end_of_a_long_log_is_answered(self):
        self.write(b'a' * 200000 + b'end')
        found = console.read(self.uuid, None)
        self.assertEqual(console.MOST_BYTES, len(found))
        self.assertTrue(found.endswith(b'aend'))

    def test_short_log_is_completed_by_older_parts(self):
        self.write(b'new\n')
        self.write(b'old\n', 'console.log.0')
        self.write(b'oldest\n', 'console.log.1')
        self.assertEqual(b'oldest\nold\nnew\n', console.read(self.uuid, None))

    def test_server_without_a_log_is_told(self):
        self.assertRaises(exception.ConsoleLogNotAvailable, console.read, self.uuid, None)
        self.assertRaises(exception.ConsoleLogNotAvailable, console.read, virt.new_uuid(), None)

    def test_link_in_the_place_of_the_log_is_not_followed(self):
        os.symlink('/etc/shadow', self.directory / self.uuid / 'console.log')
        self.assertRaises(OSError, privileged.read_end, self.uuid, 100)

    def test_link_in_the_place_of_the_directory_is_not_followed(self):
        other = virt.new_uuid()
        os.symlink('/etc', self.directory / other)
        self.assertRaises(OSError, privileged.read_end, other, 100)

    def test_pipe_in_the_place_of_the_log_is_refused(self):
        os.mkfifo(self.directory / self.uuid / 'console.log')
        self.assertRaises(OSError, privileged.read_end, self.uuid, 100)

    def test_only_uuids_and_sizes_come_over_the_boundary(self):
        for uuid, size in (('../etc', 5), (self.uuid, 0), (self.uuid, 1 << 30), (self.uuid, 'x'),
                           (self.uuid.upper() + '/', 5)):
            self.assertRaises(ValueError, privileged.read_end, uuid, size)
