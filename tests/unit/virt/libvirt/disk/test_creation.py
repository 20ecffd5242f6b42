# SPDX-License-Identifier: Apache-2.0
"""The disks of a server have the sizes of its flavor and the content of its image."""

import json
import os
import subprocess
from unittest import mock

from nova_lite import exception
from nova_lite.virt.libvirt.disk import creation, image_cache, layout, tools
from tests import base
from tests.fixtures import virt

CONTENT = b'\x5a' * (1 << 20)


class DiskMakerTestCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory()
        self.images = virt.Images()
        self.files = layout.Layout(self.directory)
        self.cache = image_cache.ImageCache(self.images, self.directory)
        self.files.prepare()
        self.cache.prepare()
        self.maker = creation.DiskMaker(self.files, self.cache)

    def server(self, **flavor):
        image = virt.image(disk_format='raw')
        self.images.content[image.id] = CONTENT
        server = virt.server(image_meta=image, flavor=flavor)
        self.cache.fetch_disk(None, image, server.flavor)
        return server

    def described(self, server, name):
        path = self.files.file(server.uuid, name)
        done = subprocess.run(['qemu-img', 'info', '--output=json', str(path)],
                              check=True, capture_output=True)
        return json.loads(done.stdout)

    def test_root_disk_holds_the_differences_to_the_copy_of_the_image(self):
        server = self.server(root_gb=1)
        self.maker.create(server)
        disk = self.described(server, 'disk')
        self.assertEqual(('qcow2', 1 << 30), (disk['format'], disk['virtual-size']))
        self.assertEqual(self.cache.find(server.image_ref).path, disk['full-backing-filename'])
        self.assertEqual('raw', disk['backing-filename-format'])

    def test_disks_are_not_readable_for_other_users(self):
        for images_type in ('qcow2', 'raw'):
            self.override('libvirt', images_type=images_type)
            server = self.server(root_gb=1)
            self.maker.create(server)
            mode = self.files.file(server.uuid, 'disk').stat().st_mode
            self.assertEqual(0o600, mode & 0o777)

    def test_root_disk_without_a_size_is_as_large_as_the_image(self):
        server = self.server(root_gb=0)
        self.maker.create(server)
        self.assertEqual(len(CONTENT), self.described(server, 'disk')['virtual-size'])

    def test_raw_root_disk_is_a_copy_that_was_made_larger(self):
        self.override('libvirt', images_type='raw')
        server = self.server(root_gb=1)
        self.maker.create(server)
        path = self.files.file(server.uuid, 'disk')
        self.assertEqual(1 << 30, path.stat().st_size)
        with open(path, 'rb') as disk:
            self.assertEqual(CONTENT, disk.read(len(CONTENT)))
        self.assertIsNone(self.files.disks_of(server.uuid).disks[0].backing)

    def test_images_type_default_follows_use_cow_images(self):
        self.assertEqual('qcow2', creation.format_of_disks())
        self.override(use_cow_images=False)
        self.assertEqual('raw', creation.format_of_disks())
        self.override('libvirt', images_type='flat')
        self.assertEqual('raw', creation.format_of_disks())

    def test_ephemeral_disk_and_swap_are_formatted(self):
        self.override('libvirt', images_type='raw')
        server = self.server(root_gb=1, ephemeral_gb=1, swap=16)
        self.maker.create(server)
        for name, offset, magic in (('disk.eph0', 1080, b'\x53\xef'),
                                    ('disk.swap', 4086, b'SWAPSPACE2')):
            with open(self.files.file(server.uuid, name), 'rb') as disk:
                disk.seek(offset)
                self.assertEqual(magic, disk.read(len(magic)), name)
        self.assertEqual([1 << 30, 1 << 30, 16 << 20],
                         [disk.size for disk in self.files.disks_of(server.uuid).disks])

    def test_ephemeral_disk_has_the_configured_file_system(self):
        self.override(default_ephemeral_format='ext2')
        server = self.server(ephemeral_gb=1)
        self.maker.create(server)
        self.assertIn('ephemeral_1_ext2', os.listdir(self.directory / '_base'))

    def test_file_system_is_made_once_for_all_servers(self):
        first, second = self.server(ephemeral_gb=1), self.server(ephemeral_gb=1)
        with mock.patch.object(tools, 'run', side_effect=tools.run) as run:
            self.maker.create(first)
            self.maker.create(second)
        makers = [call.args[0] for call in run.call_args_list]
        self.assertEqual(1, makers.count('mkfs.ext4'))

    def test_kernel_and_ramdisk_are_copied_to_the_server(self):
        server = self.server()
        server.kernel_id, server.ramdisk_id = virt.new_uuid(), virt.new_uuid()
        for image_id in (server.kernel_id, server.ramdisk_id):
            self.images.content[image_id] = image_id.encode()
            self.cache.fetch_file(None, image_id)
        self.maker.create(server)
        found = self.files.disks_of(server.uuid)
        for image_id, path in ((server.kernel_id, found.kernel), (server.ramdisk_id,
                                                                  found.ramdisk)):
            with open(path, encoding='ascii') as copy:
                self.assertEqual(image_id, copy.read())

    def test_failing_tool_is_told_with_the_disk_and_its_words(self):
        server = self.server(root_gb=1)
        refusal = tools.CommandFailed(command='qemu-img create', reason='no space')
        with mock.patch.object(tools, 'run', side_effect=refusal):
            error = self.assertRaises(exception.DiskCreationFailed, self.maker.create, server)
        self.assertIn('no space', str(error))
        self.assertIsNone(self.files.disks_of(server.uuid))

    def test_missing_image_is_told(self):
        server = virt.server()
        error = self.assertRaises(exception.DiskCreationFailed, self.maker.create, server)
        self.assertIn(server.image_ref, str(error))

    def test_disks_of_an_unfinished_try_are_made_anew(self):
        server = self.server(root_gb=1)
        layout.make_directory(self.files.directory(server.uuid))
        self.files.file(server.uuid, 'disk').write_bytes(b'half')
        self.files.file(server.uuid, 'disk.part').write_bytes(b'half')
        self.maker.create(server)
        self.assertEqual('qcow2', self.described(server, 'disk')['format'])
        self.assertEqual(['disk', 'disk.info'],
                         sorted(os.listdir(self.files.directory(server.uuid))))

    def test_complete_disks_are_left_alone(self):
        server = self.server(root_gb=1)
        self.maker.create(server)
        before = self.files.file(server.uuid, 'disk').stat().st_ino
        self.maker.create(server)
        self.assertEqual(before, self.files.file(server.uuid, 'disk').stat().st_ino)

    def test_image_that_is_too_large_makes_no_disk(self):
        server = self.server(root_gb=1)
        os.truncate(self.cache.find(server.image_ref).path, 2 << 30)
        self.assertRaises(exception.FlavorDiskTooSmall, self.maker.create, server)


class ToolsTestCase(base.TestCase):

    def test_failing_command_is_told_with_its_words(self):
        error = self.assertRaises(tools.CommandFailed, tools.run, 'qemu-img', 'info', '/nowhere')
        self.assertIn('/nowhere', str(error))

    def test_missing_command_is_told(self):
        self.assertRaises(tools.CommandFailed, tools.run, 'no-such-command-at-all')
