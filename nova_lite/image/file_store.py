# SPDX-License-Identifier: Apache-2.0
"""The built-in image store: ``<directory>/<id>/{image.json,data}``, no database.

An image appears and goes by one rename of its directory, so whoever reads sees
all of it or nothing, whatever crashes. Who may see or change what is decided
before, in nova_lite/image/api.py.

Beside the images lie ``.upload-*`` (somebody is writing it; its data file is
locked for as long), ``.deleted-*`` (on its way out) and ``.lock`` (held for the
moment in which something changes its name).
"""

import contextlib
import fcntl
import json
import os
import re
import shutil

from oslo_log import log
from oslo_utils import uuidutils

from nova_lite import durable_files, exception
from nova_lite.image import transfer

LOG = log.getLogger(__name__)

_ID = re.compile(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', re.ASCII)
_UPLOAD = '.upload-'
_DELETED = '.deleted-'
_RECORD = 'image.json'
_BYTES = 'data'


class FileStore:
    """The images of one directory."""

    def __init__(self, directory, chunk_size):
        self.directory = directory
        self._chunk_size = chunk_size
        self._cache = {}

    def row(self, image_id):
        """Answer the record of an image, a plain dict that the caller must not change.

        :raises ImageNotFound: if there is none
        :raises ImageCorrupt: if the record can't be read
        """
        if not _ID.fullmatch(image_id):
            raise exception.ImageNotFound(image_id=image_id)
        path = self._path(image_id, _RECORD)
        try:
            stat = os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            self._cache.pop(image_id, None)
            raise exception.ImageNotFound(image_id=image_id) from None
        except OSError as error:
            raise self._unusable(error) from error
        stamp = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
        known = self._cache.get(image_id)
        if known is None or known[0] != stamp:
            known = self._cache[image_id] = (stamp, self._read(image_id, path))
        return known[1]

    def rows(self):
        """Answer the records of all images; one that can't be read is left out and logged."""
        try:
            names = [name for name in os.listdir(self.directory) if _ID.fullmatch(name)]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._unusable(error) from error
        found = []
        for name in names:
            try:
                found.append(self.row(name))
            except exception.ImageNotFound:
                continue
            except exception.ImageCorrupt as error:
                LOG.warning('Left out of the list of images: %s', error)
        return found

    def open(self, image_id):
        """Answer the bytes as an open file; they stay readable if the image is deleted."""
        try:
            return open(self._path(image_id, _BYTES), 'rb')
        except FileNotFoundError:
            raise exception.ImageNotFound(image_id=image_id) from None
        except OSError as error:
            raise self._unusable(error) from error

    def add(self, image_id, source, describe, *, total=None, progress=None):
        """Take an image in.

        :param source: readable binary file
        :param describe: called with transfer.Copied after the last byte; answers
            the record, or raises to refuse the image
        :raises ImageExists: if the id is taken
        """
        pace = transfer.Pace(self._chunk_size, total, progress)
        try:
            with self._upload(image_id) as (path, data):
                row = describe(transfer.into_store(source, data, pace))
                data.flush()
                os.fsync(data.fileno())
                self._write_record(path, row)
                durable_files.sync_directory(path)
                self._publish(path, image_id)
        except OSError as error:
            raise self._unusable(error) from error

    def change(self, image_id, changed):
        """Replace the record of an image.

        :param changed: called with the present record, answers the new one
        """
        with self._locked():
            self._cache.pop(image_id, None)
            row = changed(self.row(image_id))
            try:
                self._write_record(self._path(image_id), row)
            except OSError as error:
                raise self._unusable(error) from error
        return row

    def remove(self, image_id):
        """Delete an image; a second call finds nothing."""
        aside = self._path(f'{_DELETED}{image_id}-{uuidutils.generate_uuid()}')
        try:
            with self._locked():
                os.rename(self._path(image_id), aside)
                durable_files.sync_directory(self.directory)
        except FileNotFoundError:
            raise exception.ImageNotFound(image_id=image_id) from None
        except OSError as error:
            raise self._unusable(error) from error
        self._cache.pop(image_id, None)
        shutil.rmtree(aside, ignore_errors=True)

    def remove_leftovers(self):
        """Remove what crashed uploads and deletions have left; answer their names."""
        if not os.path.isdir(self.directory):
            return []
        removed = []
        try:
            with self._locked():
                for name in os.listdir(self.directory):
                    if name.startswith(_DELETED) or (
                            name.startswith(_UPLOAD) and not self._is_being_written(name)):
                        shutil.rmtree(self._path(name))
                        removed.append(name)
        except OSError as error:
            raise self._unusable(error) from error
        return removed

    def _path(self, *parts):
        return os.path.join(self.directory, *parts)

    def _read(self, image_id, path):
        try:
            with open(path, encoding='utf-8') as record:
                row = json.load(record)
        except FileNotFoundError:
            raise exception.ImageNotFound(image_id=image_id) from None
        except OSError as error:
            raise self._unusable(error) from error
        except ValueError as error:
            raise exception.ImageCorrupt(
                image_id=image_id, reason=f'its record is not JSON ({error})') from error
        if not isinstance(row, dict) or row.get('id') != image_id:
            raise exception.ImageCorrupt(
                image_id=image_id, reason='its record is not that of this image')
        return row

    @contextlib.contextmanager
    def _upload(self, image_id):
        """Give a directory of our own with an open, locked data file in it."""
        path = self._path(f'{_UPLOAD}{image_id}-{uuidutils.generate_uuid()}')
        with contextlib.ExitStack() as stack:
            with self._locked():
                os.mkdir(path)
                # Nothing of that name is left when the image was published.
                stack.callback(shutil.rmtree, path, ignore_errors=True)
                data = stack.enter_context(open(os.path.join(path, _BYTES), 'xb'))
                fcntl.flock(data, fcntl.LOCK_EX)
            self._adopt(path, 0o750)
            self._adopt(data.fileno(), 0o640)
            yield path, data

    def _publish(self, path, image_id):
        with self._locked():
            if os.path.exists(self._path(image_id)):
                raise exception.ImageExists(image_id=image_id)
            os.rename(path, self._path(image_id))
            durable_files.sync_directory(self.directory)

    def _write_record(self, directory, row):
        with durable_files.replaced_file(os.path.join(directory, _RECORD)) as record:
            self._adopt(record.fileno(), 0o640)
            record.write(json.dumps(row, indent=2, sort_keys=True).encode())

    def _is_being_written(self, name):
        try:
            with open(self._path(name, _BYTES), 'rb') as data:
                fcntl.flock(data, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            return False
        return False

    @contextlib.contextmanager
    def _locked(self):
        with self._open_lock() as lock:
            self._adopt(lock.fileno(), 0o660)
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _open_lock(self):
        try:
            os.makedirs(self.directory, mode=0o750, exist_ok=True)
            return open(self._path('.lock'), 'ab')
        except OSError as error:
            raise self._unusable(error) from error

    def _adopt(self, path, mode):
        """Let what root creates belong to those that the directory belongs to."""
        if os.geteuid() == 0:
            owner = os.stat(self.directory)
            os.chown(path, owner.st_uid, owner.st_gid)
            os.chmod(path, mode)
        elif os.stat(path).st_uid == os.geteuid():
            os.chmod(path, mode)

    def _unusable(self, error):
        return exception.ImageStoreUnusable(
            path=error.filename or self.directory, reason=error.strerror or str(error))
