# SPDX-License-Identifier: Apache-2.0
"""The bytes of an image on their way to Glance: hashed as they pass."""

import hashlib


class Upload:
    """What requests sends: chunks, and how long all of it is if that is known.

    :param source: has ``read(size)``
    :param pace: transfer.Pace
    :ivar size: bytes that have passed
    """

    def __init__(self, source, pace):
        self._source = source
        self._pace = pace
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._sha512 = hashlib.sha512()
        self.size = 0
        if pace.total:
            # Where it is missing, requests sends chunks without a length.
            self.len = pace.total

    def __iter__(self):
        while chunk := self.read(self._pace.chunk_size):
            yield chunk

    def read(self, size=-1):
        """Answer the next bytes."""
        chunk = self._source.read(size if size > 0 else self._pace.chunk_size)
        self._md5.update(chunk)
        self._sha512.update(chunk)
        self.size += len(chunk)
        if chunk and self._pace.progress is not None:
            self._pace.progress(self.size, self._pace.total)
        return chunk

    def digests(self):
        """Answer the digests of what has passed, by algorithm."""
        return {'md5': self._md5.hexdigest(), 'sha512': self._sha512.hexdigest()}
