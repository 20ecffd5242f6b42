# SPDX-License-Identifier: Apache-2.0
"""The bytes of an image as they come from Glance; a broken connection is made anew.

What came before is not asked for again if Glance can begin in the middle, and passed over
if it can't. Whether the bytes are the right ones is checked in nova_lite/image/api.py.
"""

import io
import time

import requests
from oslo_log import log

from nova_lite import exception
from nova_lite.image.glance import client

LOG = log.getLogger(__name__)

PARTIAL = 206


class Reader(io.RawIOBase):
    """A stream of one image.

    :param begin: called with headers, answers a response whose content is not read yet
    :param row: the image's record
    :param tries: how often a broken download is tried until no byte more comes
    """

    def __init__(self, begin, row, tries):
        super().__init__()
        self._begin = begin
        self._row = row
        self._tries = tries
        self._done = 0
        self._chunks = None
        self._response = None

    def readable(self):
        """Whether it can be read."""
        return True

    def read(self, size=-1):
        """Answer the next bytes, at most ``size``; none at the end.

        :raises ImageServiceUnavailable: if they do not come
        """
        failed = 0
        while True:
            try:
                chunk = self._next(size)
            except requests.RequestException as error:
                failed += 1
                self._give_up_or_pause(failed, error)
                continue
            self._done += len(chunk)
            return chunk

    def close(self):
        """Give the connection back."""
        self._drop()
        super().close()

    def _next(self, size):
        if self._chunks is None:
            self._chunks = self._opened(size)
        chunk = next(self._chunks, b'')
        if not chunk and self._done < self._row['size']:
            raise requests.ConnectionError(f'it ended after {self._done} bytes')
        return chunk

    def _opened(self, size):
        headers = {'Range': f'bytes={self._done}-'} if self._done else {}
        self._response = self._begin(headers)
        chunks = self._response.iter_content(size if size > 0 else None)
        if self._done and self._response.status_code != PARTIAL:
            return _after(chunks, self._done)
        return chunks

    def _give_up_or_pause(self, failed, error):
        self._drop()
        if failed >= self._tries:
            raise exception.ImageServiceUnavailable(
                reason=f'the download of image {self._row["id"]} broke {failed} times') from error
        LOG.warning('The download of image %s broke after %d bytes (%s); it goes on',
                    self._row['id'], self._done, error)
        time.sleep(client.pauses(failed)[-1])

    def _drop(self):
        if self._response is not None:
            self._response.close()
        self._response = self._chunks = None


def _after(chunks, count):
    """Answer the chunks without the first so many bytes."""
    for chunk in chunks:
        rest = chunk[count:]
        count = max(0, count - len(chunk))
        if rest:
            yield rest
