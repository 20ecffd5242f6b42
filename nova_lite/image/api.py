# SPDX-License-Identifier: Apache-2.0
"""The front door of images, wherever they come from.

Used by the API, by compute hosts and by nova-lite-manage. The stores below it
(nova_lite/image/store.py) decide who may see and change what; what the bytes and
the words of an image must be like is checked here.
"""

import functools
import importlib
import os

from oslo_config import cfg
from oslo_log import log
from oslo_utils import uuidutils

from nova_lite import durable_files, exception
from nova_lite.image import formats, new_image, transfer
from nova_lite.objects import image_meta

LOG = log.getLogger(__name__)

CONF = cfg.CONF

NewImage = new_image.NewImage

GLANCE = 'glance'
FILES = 'files'
STORES = {GLANCE: 'nova_lite.image.glance.store', FILES: 'nova_lite.image.files'}
WITHOUT_KEYSTONE = 'noauth2'

# What update() takes; all else of an image is settled when it is made.
CHANGEABLE = frozenset({'name', 'min_disk', 'min_ram', 'visibility', 'protected', 'properties',
                        'members', 'status', 'owner'})


class API:
    """Images as a caller with a certain context sees them.

    Cheap to make: all of a process share what asks and remembers.
    """

    def __init__(self):
        self._chunk_size = CONF.image.chunk_size_kb * 1024
        self._store = _store(chosen(), CONF.image.directory, self._chunk_size)

    def get(self, context, image_id):
        """Answer an image.

        :raises ImageNotFound: if there is none that the caller may see
        """
        return image_meta.ImageMeta.from_row(context, self._store.row(context, image_id))

    def list(self, context, filters=None, sort=('created_at', 'desc'), *, marker=None, limit=None):
        """Answer the images that the caller may see.

        :param filters: see nova_lite/image/listing.py
        :param sort: (key, ``asc`` or ``desc``)
        :param marker: id of the last image of the page before
        :param limit: length of the page; None answers all
        """
        rows = self._store.rows(context, filters or {}, sort, marker=marker, limit=limit)
        return [image_meta.ImageMeta.from_row(context, row) for row in rows]

    def create(self, context, image, source, *, total=None, progress=None):
        """Take an image in; it is there when this returns, or not at all.

        :param image: NewImage
        :param source: readable binary file
        :param total: bytes to come, for the progress; None if unknown
        :param progress: called with (bytes so far, total)
        :raises ImageUnacceptable: if the bytes are not what they are said to be
        """
        disk_format = image.disk_format
        if disk_format is None and self._store.wants_format:
            source, disk_format = formats.look_ahead(source, image.name)
        row = self._new_row(context, image, disk_format)
        inspection = formats.Inspection(source, image.name, disk_format)
        row = self._store.add(
            context, row, inspection, transfer.Pace(self._chunk_size, total, progress))
        LOG.info('Image %s (%s) was created', row['id'], row['name'])
        return image_meta.ImageMeta.from_row(context, row)

    def update(self, context, image_id, changes):
        """Change what may change; ``properties`` are replaced as a whole.

        :param changes: field -> value, of CHANGEABLE
        :raises ImageNotAuthorized: if the caller may see the image, not change it
        """
        if not changes.keys() <= CHANGEABLE:
            unknown = ', '.join(sorted(changes.keys() - CHANGEABLE))
            raise exception.ImageUnacceptable(image_id=image_id, reason=f'{unknown} is settled.')
        return self._change(context, image_id, lambda present: changes)

    def set_properties(self, context, image_id, properties):
        """Add or replace some properties; the others stay, whoever changes them meanwhile.

        :raises ImageNotAuthorized: if the caller may see the image, not change it
        """
        return self._change(context, image_id, lambda present: {
            'properties': {**present['properties'], **properties}})

    def remove_property(self, context, image_id, name):
        """Remove one property.

        :raises ImageNotAuthorized: if the caller may see the image, not change it
        :raises ImageMetadataNotFound: if it has none of that name
        """
        def without(present):
            if name not in present['properties']:
                raise exception.ImageMetadataNotFound(image_id=image_id, key=name)
            return {'properties': {key: value for key, value in present['properties'].items()
                                   if key != name}}

        return self._change(context, image_id, without)

    def _change(self, context, image_id, changes_for):
        return image_meta.ImageMeta.from_row(
            context, self._store.change(context, image_id, changes_for))

    def delete(self, context, image_id):
        """Delete an image; servers that run from a copy of it go on.

        :raises ImageProtected: if it is protected
        """
        self._store.remove(context, image_id)
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
        row = self._store.row(context, image_id)
        if row['status'] != image_meta.ACTIVE:
            raise exception.ImageNotActive(image_id=image_id)
        pace = transfer.Pace(self._chunk_size, row['size'], progress, _algorithm_of(row))
        with self._store.open(context, row) as source:
            if not isinstance(target, (str, os.PathLike)):
                _verify(row, transfer.to_stream(source, target, pace))
            else:
                with durable_files.replaced_file(target) as new:
                    _verify(row, transfer.to_new_file(source, new, pace))
        return image_meta.ImageMeta.from_row(context, row)

    def address_of(self, image_id):
        """Answer where users find an image in the service that it comes from; None in no other."""
        address = self._store.address
        return address and f'{address}/images/{image_id}'

    def remove_leftovers(self):
        """Remove what crashed uploads and deletions have left; answer their names."""
        return self._store.remove_leftovers()

    def _new_row(self, context, image, disk_format):
        row = {
            'id': image.id or uuidutils.generate_uuid(), 'status': image_meta.ACTIVE,
            'owner': image.owner or context.project_id, 'name': image.name,
            'min_disk': image.min_disk, 'min_ram': image.min_ram,
            'visibility': image.visibility, 'protected': image.protected,
            'members': list(image.members), 'properties': dict(image.properties),
            'container_format': image.container_format, 'disk_format': disk_format,
        }
        new_image.check_row(row)
        self._check_boot_parts(context, row)
        return row

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


def chosen():
    """Answer which store the configuration names, or means if it names none."""
    if CONF.image.store:
        return CONF.image.store
    return FILES if CONF.api.auth_strategy == WITHOUT_KEYSTONE else GLANCE


def check_choice():
    """Make sure that users' requests can be asked of the store; for the API when it starts.

    :raises ImageStoreMischosen: if they can not
    """
    if chosen() == GLANCE and CONF.api.auth_strategy == WITHOUT_KEYSTONE:
        raise exception.ImageStoreMischosen


@functools.lru_cache(maxsize=8)
def _store(name, directory, chunk_size):
    return importlib.import_module(STORES[name]).Store(directory, chunk_size)


def _algorithm_of(row):
    """Answer what the bytes are compared by."""
    if row.get('os_hash_value'):
        return row.get('os_hash_algo') or transfer.SHA512
    return transfer.MD5


def _verify(row, copied):
    if copied.size != row['size']:
        raise exception.ImageCorrupt(
            image_id=row['id'], reason=f'it has {copied.size} bytes and must have {row["size"]}')
    expected = row.get('os_hash_value') or row.get('checksum')
    if expected is not None and copied.digest != expected:
        raise exception.ImageCorrupt(
            image_id=row['id'], reason=f'its {copied.algorithm} is not the recorded one')
