# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/image/glance/upload.py."""

import hashlib
import io

from nova_lite.image import transfer
from nova_lite.image.glance import upload
from tests import base

BYTES = b'bytes' * 1000


class UploadTest(base.TestCase):

    def send(self, total):
        self.seen = []
        sent = upload.Upload(io.BytesIO(BYTES), transfer.Pace(
            2000, total, lambda *step: self.seen.append(step)))
        return sent, list(sent)

    def test_chunks_are_hashed_as_they_pass(self):
        sent, chunks = self.send(len(BYTES))
        self.assertEqual(([2000, 2000, 1000], 5000), ([len(part) for part in chunks], sent.size))
        self.assertEqual({'md5': hashlib.md5(BYTES, usedforsecurity=False).hexdigest(),
                          'sha512': hashlib.sha512(BYTES).hexdigest()}, sent.digests())

    def test_progress_is_told(self):
        self.send(len(BYTES))
        self.assertEqual([(2000, 5000), (4000, 5000), (5000, 5000)], self.seen)

    def test_length_is_told_only_if_it_is_known(self):
        self.assertEqual(5000, self.send(5000)[0].len)
        self.assertFalse(hasattr(self.send(None)[0], 'len'))
