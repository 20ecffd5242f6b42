# SPDX-License-Identifier: Apache-2.0
"""The built-in store for the front door: who may see and change what.

Its twin is nova_lite/image/glance/store.py, where Glance decides. The bytes and records
are in nova_lite/image/file_store.py.
"""

from oslo_utils import timeutils

from nova_lite import exception
from nova_lite.image import file_store, formats, listing, new_image, store
from nova_lite.objects import image_meta

_FOR_ADMINS = frozenset({'status', 'owner'})


class Store(store.Store):
    """The images of one directory."""

    def __init__(self, directory, chunk_size):
        self._files = file_store.FileStore(directory, chunk_size)

    def row(self, context, image_id):
        """Answer the record of an image."""
        row = self._files.row(image_id)
        if row['visibility'] != image_meta.COMMUNITY and not _is_offered(context, row):
            raise exception.ImageNotFound(image_id=image_id)
        return row

    def rows(self, context, filters, sort, *, marker=None, limit=None):
        """Answer the records of a list; all are read."""
        rows = [row for row in self._files.rows() if _is_offered(context, row)]
        rows = listing.ordered(listing.matching(rows, filters), sort[0], sort[1] == 'desc')
        return listing.page(rows, marker, limit)

    def add(self, context, row, inspection, pace):
        """Take an image in."""
        self._check_publication(context, row)

        def describe(copied):
            return _described(row, copied, *inspection.conclude())

        self._files.remove_leftovers()
        self._files.add(row['id'], inspection, describe, total=pace.total, progress=pace.progress)
        return self._files.row(row['id'])

    def change(self, context, image_id, changes_for):
        """Change a record while nobody else does."""
        before = self._own_row(context, image_id)

        def changed(present):
            changes = changes_for(present)
            if not context.is_admin and changes.keys() & _FOR_ADMINS:
                raise exception.ImageNotAuthorized(image_id=image_id)
            row = {**present, **changes, 'updated_at': timeutils.utcnow().isoformat()}
            self._check_publication(context, row, before=before['visibility'])
            new_image.check_row(row)
            return row

        return self._files.change(image_id, changed)

    def remove(self, context, image_id):
        """Delete an image."""
        if self._own_row(context, image_id)['protected']:
            raise exception.ImageProtected(image_id=image_id)
        self._files.remove(image_id)

    def open(self, context, row):
        """Answer the bytes; they stay readable if the image is deleted."""
        return self._files.open(row['id'])

    def remove_leftovers(self):
        """Remove what crashed uploads and deletions have left; answer their names."""
        return self._files.remove_leftovers()

    def _own_row(self, context, image_id):
        row = self.row(context, image_id)
        if not context.is_admin and row['owner'] != context.project_id:
            raise exception.ImageNotAuthorized(image_id=image_id)
        return row

    @staticmethod
    def _check_publication(context, row, before=None):
        if row['visibility'] == image_meta.PUBLIC != before and not context.is_admin:
            raise exception.ImageNotAuthorized(image_id=row['id'])


def _is_offered(context, row):
    """Whether the caller finds an image in lists; what is for the community he has to know."""
    if context.is_admin or row['visibility'] == image_meta.PUBLIC:
        return True
    if context.project_id is None:
        return False
    return row['owner'] == context.project_id or (
        row['visibility'] == image_meta.SHARED and context.project_id in row['members'])


def _described(row, copied, disk_format, virtual_size):
    now = timeutils.utcnow().isoformat()
    return {
        **row, 'disk_format': disk_format,
        'container_format': row['container_format'] or formats.container_for(disk_format),
        'size': copied.size, 'virtual_size': virtual_size or copied.size,
        'checksum': copied.md5, 'os_hash_value': copied.digest,
        'created_at': now, 'updated_at': now,
    }
