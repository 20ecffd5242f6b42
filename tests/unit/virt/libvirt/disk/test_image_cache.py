# SPDX-License-Identifier: Apache-2.0
"""One copy of an image on a host: safe, complete, and there as long as it is used."""

import concurrent.futures
import os
import struct
import subprocess

from nova_lite import exception
from nova_lite.virt.libvirt.disk import image_cache
from tests import base
from tests.fixtures import virt

CONTENT = b'\x5a' * (1 << 20)
FLAVOR = virt.server(flavor={'root_gb': 1}).flavor


class ImageCacheTestCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory()
        self.images = virt.Images()
        self.cache = image_cache.ImageCache(self.images, self.directory)
        self.cache.prepare()

    def image(self, content=CONTENT, disk_format='raw'):
        made = virt.image(disk_format=disk_format)
        self.images.content[made.id] = content
        return made

    def qcow2(self, *options):
        path = self.directory / 'made.qcow2'
        subprocess.run(['qemu-img', 'create', '-q', '-f', 'qcow2', *options, str(path), '4M'],
                       check=True)
        return path.read_bytes()

    def files(self):
        return sorted(os.listdir(self.directory / '_base'))

    def age(self, image, seconds):
        stamp = self.directory / '_base' / f'{image_cache.name_of(image.id)}.last_used'
        before = stamp.stat().st_mtime - seconds
        os.utime(stamp, (before, before))

    def test_image_is_downloaded_once_for_many_boots_at_the_same_time(self):
        image = self.image()
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: self.cache.fetch_disk(None, image, FLAVOR), range(16)))
        self.assertEqual([image.id], self.images.downloads)
        with open(self.cache.find(image.id).path, 'rb') as copy:
            self.assertEqual(CONTENT, copy.read())

    def test_copy_is_called_by_the_hash_of_the_id(self):
        image = self.image()
        self.cache.fetch_disk(None, image, FLAVOR)
        name = image_cache.name_of(image.id)
        self.assertEqual([name, f'{name}.last_used'], self.files())

    def test_qcow2_is_kept_as_raw(self):
        image = self.image(self.qcow2(), 'qcow2')
        self.cache.fetch_disk(None, image, FLAVOR)
        found = self.cache.find(image.id)
        self.assertEqual(('raw', 4 << 20), (found.format, found.size))

    def test_qcow2_is_kept_as_it_is_if_so_configured(self):
        self.override(force_raw_images=False)
        image = self.image(self.qcow2(), 'qcow2')
        self.cache.fetch_disk(None, image, FLAVOR)
        found = self.cache.find(image.id)
        self.assertEqual(('qcow2', 4 << 20), (found.format, found.size))

    def refuse(self, image):
        error = self.assertRaises(exception.ImageUnacceptable, self.cache.fetch_disk,
                                  None, image, FLAVOR)
        self.assertIsNone(self.cache.find(image.id))
        self.assertEqual([], [name for name in self.files() if not name.endswith('.last_used')])
        return str(error)

    def test_image_with_a_backing_file_is_refused(self):
        secret = self.directory / 'secret'
        secret.write_bytes(bytes(4 << 20))
        self.refuse(self.image(self.qcow2('-b', str(secret), '-F', 'raw'), 'qcow2'))

    def test_image_with_an_external_data_file_is_refused(self):
        data = self.directory / 'data'
        self.refuse(self.image(self.qcow2('-o', f'data_file={data}'), 'qcow2'))

    def test_qcow2_that_is_said_to_be_raw_is_refused(self):
        self.assertIn('qcow2', self.refuse(self.image(self.qcow2(), 'raw')))

    def test_raw_that_is_said_to_be_qcow2_is_refused(self):
        self.refuse(self.image(CONTENT, 'qcow2'))

    def test_broken_qcow2_is_refused(self):
        content = bytearray(self.qcow2())
        content[20:24] = struct.pack('>I', 99)     # bits of a cluster's size
        self.refuse(self.image(bytes(content), 'qcow2'))

    def test_enormous_disk_in_a_small_file_is_refused_before_it_is_converted(self):
        path = self.directory / 'enormous.qcow2'
        subprocess.run(['qemu-img', 'create', '-q', '-f', 'qcow2', str(path), '2G'], check=True)
        image = self.image(path.read_bytes(), 'qcow2')
        self.assertRaises(exception.FlavorDiskTooSmall, self.cache.fetch_disk,
                          None, image, FLAVOR)
        self.assertIsNone(self.cache.find(image.id))

    def test_failed_download_leaves_nothing(self):
        image = virt.image(disk_format='raw')
        self.assertRaises(KeyError, self.cache.fetch_disk, None, image, FLAVOR)
        self.assertIsNone(self.cache.find(image.id))

    def test_what_a_crashed_download_has_left_is_removed_at_the_next_start(self):
        (self.directory / '_base' / 'abc.download.part').write_bytes(b'half')
        self.cache.prepare()
        self.assertEqual([], self.files())

    def test_copy_that_nobody_used_for_long_is_removed(self):
        image = self.image()
        self.cache.fetch_disk(None, image, FLAVOR)
        self.age(image, 86401)
        self.cache.remove_unused(set(), [])
        self.assertEqual([], self.files())
        self.assertEqual([], os.listdir(self.directory / 'locks'))

    def test_copy_that_was_used_lately_stays(self):
        image = self.image()
        self.cache.fetch_disk(None, image, FLAVOR)
        self.age(image, 86000)
        self.cache.remove_unused(set(), [])
        self.assertIsNotNone(self.cache.find(image.id))

    def test_copy_of_a_servers_image_stays_and_counts_as_used(self):
        image = self.image()
        self.cache.fetch_disk(None, image, FLAVOR)
        self.age(image, 86401)
        self.cache.remove_unused({image.id}, [])
        self.cache.remove_unused(set(), [])
        self.assertIsNotNone(self.cache.find(image.id))

    def test_copy_that_a_disk_is_based_on_stays_whatever_the_record_says(self):
        image = self.image()
        self.cache.fetch_disk(None, image, FLAVOR)
        self.age(image, 86401)
        self.cache.remove_unused(set(), [self.cache.find(image.id).path])
        self.assertIsNotNone(self.cache.find(image.id))

    def test_nothing_is_removed_if_so_configured(self):
        self.override('image_cache', remove_unused_base_images=False)
        image = self.image()
        self.cache.fetch_disk(None, image, FLAVOR)
        self.age(image, 86401)
        self.cache.remove_unused(set(), [])
        self.assertIsNotNone(self.cache.find(image.id))

    def test_copy_comes_back_after_it_was_removed(self):
        image = self.image()
        self.cache.fetch_disk(None, image, FLAVOR)
        self.age(image, 86401)
        self.cache.remove_unused(set(), [])
        self.cache.fetch_disk(None, image, FLAVOR)
        self.assertEqual([image.id] * 2, self.images.downloads)

    def test_image_that_no_server_needs_yet_may_be_of_any_size(self):
        image = self.image(self.qcow2(), 'qcow2')
        for _ in range(2):
            self.cache.fetch_disk(None, image)
        self.assertEqual(([image.id], 4 << 20),
                         (self.images.downloads, self.cache.find(image.id).size))

    def test_image_must_fit_the_root_disk(self):
        image, flavor = self.image(), virt.server(flavor={'root_gb': 1}).flavor
        image_cache.check_fits(image, 1 << 30, flavor)
        self.assertRaises(exception.FlavorDiskTooSmall, image_cache.check_fits,
                          image, (1 << 30) + 1, flavor)

    def test_min_disk_of_the_image_must_fit_the_root_disk(self):
        flavor = virt.server(flavor={'root_gb': 1}).flavor
        self.assertRaises(exception.FlavorDiskTooSmall, image_cache.check_fits,
                          virt.image(min_disk=2), 1, flavor)

    def test_root_disk_of_no_size_takes_any_image(self):
        image_cache.check_fits(self.image(), 1 << 50, virt.server(flavor={'root_gb': 0}).flavor)
