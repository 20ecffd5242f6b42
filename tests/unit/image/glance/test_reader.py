# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/image/glance/reader.py: downloads that break, through the front door."""

import hashlib
import io
import os

from nova_lite import exception
from tests.unit.image.glance import GlanceTestCase

CHUNK = 64 * 1024
BYTES = os.urandom(300_000)


class DownloadTest(GlanceTestCase):

    def setUp(self):
        super().setUp()
        self.path = self.temporary_directory() / 'copy'
        self.image_id = self.glance.add(BYTES)

    def download(self, **how):
        return self.images.download(self.service, self.image_id, self.path, **how)

    def downloads(self):
        return [request.headers.get('Range') for request in self.glance.http.request_history
                if request.path.endswith('/file')]

    def test_file_has_the_bytes(self):
        seen = []
        self.download(progress=lambda *step: seen.append(step))
        self.assertEqual(BYTES, self.path.read_bytes())
        self.assertEqual((300_000, 300_000), seen[-1])
        self.assertEqual(2, len(self.glance.asked))

    def test_broken_download_goes_on_where_it_broke(self):
        self.glance.breaks_after = [CHUNK, 0, 2 * CHUNK]
        self.download()
        self.assertEqual(BYTES, self.path.read_bytes())
        self.assertEqual([None, f'bytes={CHUNK}-', f'bytes={CHUNK}-', f'bytes={3 * CHUNK}-'],
                         self.downloads())
        self.assertEqual([0.5, 1.0, 0.5], self.pauses)

    def test_download_that_can_not_go_on_in_the_middle_begins_anew(self):
        self.glance.takes_ranges = False
        self.glance.breaks_after = [100_000]
        self.download()
        self.assertEqual(BYTES, self.path.read_bytes())

    def test_download_that_brings_nothing_more_is_given_up(self):
        self.glance.breaks_after = [100_000, 0, 0, 0, 0]
        self.assertRaises(exception.ImageServiceUnavailable, self.download)
        self.assertEqual([], list(self.path.parent.iterdir()))

    def test_short_file_is_asked_for_the_rest(self):
        self.glance.bytes[self.image_id] = BYTES[:200_000]
        self.assertRaises(exception.ImageServiceUnavailable, self.download)
        self.assertEqual([], list(self.path.parent.iterdir()))

    def test_other_bytes_are_no_image(self):
        self.glance.bytes[self.image_id] = bytes(300_000)
        error = self.assertRaises(exception.ImageCorrupt, self.download)
        self.assertIn('sha512', str(error))
        self.assertEqual([], list(self.path.parent.iterdir()))

    def test_longer_file_is_no_image(self):
        self.glance.bytes[self.image_id] = BYTES + b'x'
        self.assertRaises(exception.ImageCorrupt, self.download)

    def test_algorithm_is_the_images(self):
        self.glance.images[self.image_id].update(
            os_hash_algo='sha256', os_hash_value=hashlib.sha256(BYTES).hexdigest())
        self.download()
        self.glance.images[self.image_id]['os_hash_value'] = '0' * 64
        self.assertRaises(exception.ImageCorrupt, self.download)

    def test_old_image_has_a_checksum_only(self):
        self.glance.images[self.image_id].update(os_hash_algo=None, os_hash_value=None)
        self.download()
        self.glance.images[self.image_id]['checksum'] = '0' * 32
        self.assertRaises(exception.ImageCorrupt, self.download)

    def test_bytes_go_to_a_stream_too(self):
        self.glance.breaks_after = [100_000]
        target = io.BytesIO()
        self.images.download(self.service, self.image_id, target)
        self.assertEqual(BYTES, target.getvalue())

    def test_image_without_data_or_withdrawn_is_not_fetched(self):
        for status in ('queued', 'saving', 'deactivated'):
            self.glance.images[self.image_id]['status'] = status
            self.assertRaises(exception.ImageNotActive, self.download)
        self.assertEqual([], self.downloads())
