# SPDX-License-Identifier: Apache-2.0
"""The front door of images: who may see and change what.

Used by the API, by the conductor, by compute hosts and by nova-lite-manage.
The bytes and records are in nova_lite/image/file_store.py.
"""

import functools
import os

from oslo_config import cfg
from oslo_log import log
from oslo_utils import timeutils, uuidutils

from nova_lite import durable_files, exception
from nova_lite.image import file_store, formats, listing, new_image, transfer
from nova_lite.objects import image_meta

LOG = log.getLogger(__name__)

NewImage = new_image.NewImage

# What update() takes; all else of an image is settled when it is made.
CHANGEABLE = frozenset({'name', 'min_disk', 'min_ram', 'visibility', 'protected', 'properties',
                        'members', 'status', 'owner'})
_FOR_ADMINS = frozenset({'status', 'owner'})


class API:
    """Images as a caller with a certain context sees them.

    Cheap to make: all of a process read the same records once.

    :param conf: configuration; the process's own by default
    """

    def __init__(self, conf=cfg.CONF):
        self._chunk_size = conf.image.chunk_size_kb * 1024
        self._store = _store(conf.image.directory, self._chunk_size)

    def get(self, context, image_id):
        """Answer an image.

        :raises ImageNotFound: if there is none that the caller may see
        """
        return image_meta.ImageMeta.from_row(context, self._visible_row(context, image_id))

    def list(self, context, filters=None, sort=('created_at', 'desc'), *, marker=None, limit=None):
        """Answer the images that the caller may see.

        :param filters: see nova_lite/image/listing.py
        :param sort: (key, ``asc`` or ``desc``)
        :param marker: id of the last image of the page before
        :param limit: length of the page; None answers all
        """
        rows = [row for row in self._store.rows() if _may_see(context, row)]
        rows = listing.ordered(listing.matching(rows, filters or {}), sort[0], sort[1] == 'desc')
        return [image_meta.ImageMeta.from_row(context, row)
                for row in listing.page(rows, marker, limit)]

    def create(self, context, image, source, *, total=None, progress=None):
        """Take an image in; it is there when this returns, or not at all.

        :param image: NewImage
        :param source: readable binary file
        :param total: bytes to come, for the progress; None if unknown
        :param progress: called with (bytes so far, total)
        :raises ImageUnacceptable: if the bytes are not what they are said to be
        """
        row = self._new_row(context, image)
        inspection = formats.Inspection(source, image.name, image.disk_format)

        def describe(copied):
            return _described(row, copied, *inspection.conclude())

        self._store.remove_leftovers()
        self._store.add(row['id'], inspection, describe, total=total, progress=progress)
        LOG.info('Image %s (%s) was created', row['id'], row['name'])
        return self.get(context.elevated(), row['id'])

    def update(self, context, image_id, changes):
        """Change what may change; ``properties`` are replaced as a whole.

        :param changes: field -> value, of CHANGEABLE
        :raises ImageNotAuthorized: if the caller may see the image, not change it
        """
        row = self._own_row(context, image_id)
        if not changes.keys() <= CHANGEABLE:
            unknown = ', '.join(sorted(changes.keys() - CHANGEABLE))
            raise exception.ImageUnacceptable(image_id=image_id, reason=f'{unknown} is settled.')
        if not context.is_admin and changes.keys() & _FOR_ADMINS:
            raise exception.ImageNotAuthorized(image_id=image_id)
        self._check_publication(context, {**row, **changes}, before=row['visibility'])
        return self._change(context, image_id, lambda present: changes)

    def set_properties(self, context, image_id, properties):
        """Add or replace some properties; the others stay, whoever changes them meanwhile.

        :raises ImageNotAuthorized: if the caller may see the image, not change it
        """
        self._own_row(context, image_id)
        return self._change(context, image_id, lambda present: {
            'properties': {**present['properties'], **properties}})

    def remove_property(self, context, image_id, name):
        """Remove one property.

        :raises ImageNotAuthorized: if the caller may see the image, not change it
        :raises ImageMetadataNotFound: if it has none of that name
        """
        self._own_row(context, image_id)

        def without(present):
            if name not in present['properties']:
                raise exception.ImageMetadataNotFound(image_id=image_id, key=name)
            return {'properties': {key: value for key, value in present['properties'].items()
                                   if key != name}}

        return self._change(context, image_id, without)

    def _change(self, context, image_id, changes_for):
        """Change a record while nobody else does.

        :param changes_for: answers the changes to the present record
        """
        def changed(present):
            row = {**present, **changes_for(present),
                   'updated_at': timeutils.utcnow().isoformat()}
            new_image.check_row(row)
            return row

        return image_meta.ImageMeta.from_row(context, self._store.change(image_id, changed))

    def delete(self, context, image_id):
        """Delete an image; servers that run from a copy of it go on.

        :raises ImageProtected: if it is protected
        """
        if self._own_row(context, image_id)['protected']:
            raise exception.ImageProtected(image_id=image_id)
        self._store.remove(image_id)
        LOG.info('Image %s was deleted', image_id)

    def download(self, context, image_id, target, progress=None):
        """Copy the bytes, and make sure that they are those that were uploaded.

        :param target: path, which appears only when all is well (one caller at a
            time for a path), or a writable binary file
        :param progress: called with (bytes so far, total)
        :raises ImageNotActive: if the image is deactivated
        :raises ImageCorrupt: if the bytes are not those of the checksum; a path is
            then left as it was
        """
        image = self.get(context, image_id)
        if image.status != image_meta.ACTIVE:
            raise exception.ImageNotActive(image_id=image_id)
        pace = transfer.Pace(self._chunk_size, image.size, progress)
        with self._store.open(image_id) as source:
            if not isinstance(target, (str, os.PathLike)):
                _verify(image, transfer.to_stream(source, target, pace))
                return image
            with durable_files.replaced_file(target) as new:
                _verify(image, transfer.to_new_file(source, new, pace))
        return image

    def remove_leftovers(self):
        """Remove what crashed uploads and deletions have left; answer their names."""
        return self._store.remove_leftovers()

    def _visible_row(self, context, image_id):
        row = self._store.row(image_id)
        if not _may_see(context, row):
            raise exception.ImageNotFound(image_id=image_id)
        return row

    def _own_row(self, context, image_id):
        row = self._visible_row(context, image_id)
        if not context.is_admin and row['owner'] != context.project_id:
            raise exception.ImageNotAuthorized(image_id=image_id)
        return row

    def _new_row(self, context, image):
        row = {
            'id': image.id or uuidutils.generate_uuid(), 'status': image_meta.ACTIVE,
            'owner': image.owner or context.project_id, 'name': image.name,
            'min_disk': image.min_disk, 'min_ram': image.min_ram,
            'visibility': image.visibility, 'protected': image.protected,
            'members': list(image.members), 'properties': dict(image.properties),
            'container_format': image.container_format,
        }
        new_image.check_row(row)
        self._check_publication(context, row)
        self._check_boot_parts(context, row)
        return row

    @staticmethod
    def _check_publication(context, row, before=None):
        if row['visibility'] == image_meta.PUBLIC != before and not context.is_admin:
            raise exception.ImageNotAuthorized(image_id=row['id'])

    def _check_boot_parts(self, context, row):
        for name in ('kernel_id', 'ramdisk_id'):
            part = row['properties'].get(name)
            if not part:
                continue
            try:
                self.get(context, part)
            except exception.ImageNotFound as error:
                raise exception.ImageUnacceptable(
                    image_id=row['name'],
                    reason=f'{name} {part} is no image that can be seen.') from error


@functools.lru_cache(maxsize=8)
def _store(directory, chunk_size):
    return file_store.FileStore(directory, chunk_size)


def _may_see(context, row):
    if context.is_admin or row['visibility'] == image_meta.PUBLIC:
        return True
    if context.project_id is None:
        return False
    return row['owner'] == context.project_id or (
        row['visibility'] == image_meta.SHARED and context.project_id in row['members'])


def _described(row, copied, disk_format, virtual_size):
    now = timeutils.utcnow().isoformat()
    if not copied.size:
        raise exception.ImageUnacceptable(image_id=row['name'], reason='it is empty.')
    return {
        **row, 'disk_format': disk_format,
        'container_format': row['container_format'] or formats.container_for(disk_format),
        'size': copied.size, 'virtual_size': virtual_size or copied.size,
        'checksum': copied.md5, 'os_hash_value': copied.sha512,
        'created_at': now, 'updated_at': now,
    }


def _verify(image, copied):
    if copied.size != image.size:
        raise exception.ImageCorrupt(
            image_id=image.id, reason=f'it has {copied.size} bytes and must have {image.size}')
    if copied.sha512 != image.os_hash_value:
        raise exception.ImageCorrupt(
            image_id=image.id, reason='its SHA-512 is not the recorded one')
