# SPDX-License-Identifier: Apache-2.0
"""A server's files are there as a whole or not at all."""

from unittest import mock

from nova_lite.virt.libvirt.disk import layout
from tests import base
from tests.fixtures import virt

DISK = layout.DiskFile('/i/disk', 'qcow2', 5, '/i/_base/a', 'raw')


class LayoutTestCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.path = self.temporary_directory() / 'instances'
        self.files = layout.Layout(self.path)
        self.files.prepare()
        self.uuid = virt.new_uuid()

    def make(self):
        layout.make_directory(self.files.directory(self.uuid))
        self.files.file(self.uuid, layout.ROOT).write_bytes(b'')

    def test_disks_count_when_they_are_recorded(self):
        self.make()
        self.assertIsNone(self.files.disks_of(self.uuid))
        self.files.record(self.uuid, [DISK], '/k', None)
        found = self.files.disks_of(self.uuid)
        self.assertEqual(((DISK,), '/k', None, None),
                         (found.disks, found.kernel, found.ramdisk, found.config_drive))

    def test_directory_names_its_server_and_nothing_else_does(self):
        self.make()
        (self.path / '_base').mkdir()
        (self.path / f'{virt.new_uuid()}{layout.BEING_REMOVED}').mkdir()
        self.assertEqual([self.uuid], self.files.uuids())

    def test_config_drive_counts_when_it_is_there(self):
        self.make()
        self.files.record(self.uuid, [DISK], None, None)
        drive = self.files.file(self.uuid, layout.CONFIG_DRIVE)
        drive.write_bytes(b'')
        self.assertEqual(str(drive), self.files.disks_of(self.uuid).config_drive)

    def test_hypervisor_may_pass_through_and_not_list(self):
        self.make()
        for directory in (self.path, self.files.directory(self.uuid)):
            self.assertEqual(0o711, directory.stat().st_mode & 0o777)

    def test_removal_leaves_nothing_and_may_be_repeated(self):
        self.make()
        self.files.remove(self.uuid)
        self.files.remove(self.uuid)
        self.assertEqual([], list(self.path.iterdir()))

    def test_crash_in_a_removal_leaves_what_the_next_start_removes(self):
        self.make()
        self.files.record(self.uuid, [DISK], None, None)
        with mock.patch('shutil.rmtree', side_effect=[FileNotFoundError, KeyboardInterrupt]):
            self.assertRaises(KeyboardInterrupt, self.files.remove, self.uuid)
        self.assertIsNone(self.files.disks_of(self.uuid))
        self.assertEqual([f'{self.uuid}_del'], [path.name for path in self.path.iterdir()])
        self.files.remove_leftovers()
        self.assertEqual([], list(self.path.iterdir()))

    def test_server_is_removed_over_the_remains_of_an_earlier_removal(self):
        remains = self.path / f'{self.uuid}_del'
        remains.mkdir()
        (remains / 'disk').write_bytes(b'')
        self.make()
        self.files.remove(self.uuid)
        self.assertEqual([], list(self.path.iterdir()))

    def test_only_a_uuid_names_a_directory(self):
        for name in ('../etc', '', '_base', 'x' * 36):
            self.assertRaises(ValueError, self.files.remove, name)

    def test_all_recorded_disks_are_known(self):
        self.make()
        self.files.record(self.uuid, [DISK, DISK], None, None)
        self.assertEqual([DISK, DISK], list(self.files.recorded_disks()))
