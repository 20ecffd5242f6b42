# SPDX-License-Identifier: Apache-2.0
"""Glance for the front door; its twin is nova_lite/image/files.py.

Who may see and change what is decided by Glance. A request of a user asks for each image
once, however often its parts want to know.
"""

import contextlib
import threading
import time
import weakref

from oslo_log import log
from oslo_utils import uuidutils

from nova_lite import exception
from nova_lite.image import formats, listing, store
from nova_lite.image.glance import client, reader, records, upload
from nova_lite.objects import image_meta

LOG = log.getLogger(__name__)

PATCH = {'Content-Type': 'application/openstack-images-v2.1-json-patch'}
BYTES = {'Content-Type': 'application/octet-stream'}
LIST = '(of the list)'
"""What an error about a list names in the place of an image."""
PAGE = 100
"""Records that are asked for at once where the list has no limit."""

_ACTIONS = {image_meta.ACTIVE: 'reactivate', image_meta.DEACTIVATED: 'deactivate'}


class Store(store.Store):
    """The images of Glance, which needs nothing of this machine."""

    wants_format = True

    def __init__(self, _directory, _chunk_size):
        self._client = client.Client()
        self._lock = threading.Lock()
        self._seen = weakref.WeakKeyDictionary()

    def row(self, context, image_id):
        """Answer the record of an image; once it is known, to the same request."""
        if not uuidutils.is_uuid_like(image_id):
            raise exception.ImageNotFound(image_id=image_id)
        found = self._seen_by(context).get(image_id)
        if found is None:
            found = self._remember(context, self._client.told(
                context, 'GET', _path(image_id), image_id))
        return found

    def rows(self, context, filters, sort, *, marker=None, limit=None):
        """Answer the records of a list, as many pages as it takes."""
        if sort[0] not in listing.SORT_KEYS:
            raise exception.InvalidImageFilter(name=sort[0])
        if not records.sorts(sort[0]):
            rows = listing.matching(self._pages(context, filters, sort, None, None), filters)
            return listing.page(
                listing.ordered(rows, sort[0], sort[1] == 'desc'), marker, limit)
        found = []
        for page in self._pages(context, filters, sort, marker, limit):
            found += listing.matching([page], filters)
            if limit is not None and len(found) >= limit:
                break
        return found[:limit]

    def add(self, context, row, inspection, pace):
        """Take an image in; what is not complete is removed."""
        if row['members']:
            raise exception.ImageMembersAreGlances(image_id=row['id'])
        container = row['container_format'] or formats.container_for(row['disk_format'])
        self._client.request(context, 'POST', '/images', row['id'], json=records.described(
            {**row, 'container_format': container}))
        with contextlib.ExitStack() as undo:
            undo.callback(self._remove_unfinished, context, row['id'])
            sent = upload.Upload(inspection, pace)
            self._client.request(context, 'PUT', f'{_path(row["id"])}/file', row['id'],
                                 data=sent, headers=BYTES)
            inspection.conclude()
            found = self._remember(context, self._client.told(
                context, 'GET', _path(row['id']), row['id']))
            _check_arrival(found, sent)
            undo.pop_all()
        return found

    def change(self, context, image_id, changes_for):
        """Change what differs, and nothing that others change meanwhile."""
        before = self.row(context, image_id)
        changes = changes_for(before)
        if changes.get('members', before['members']) != before['members']:
            raise exception.ImageMembersAreGlances(image_id=image_id)
        status = changes.get('status', before['status'])
        if status != before['status']:
            self._client.request(
                context, 'POST', f'{_path(image_id)}/actions/{_ACTIONS[status]}', image_id)
        operations = records.patch(before, {**before, **changes})
        if operations:
            return self._remember(context, self._client.told(
                context, 'PATCH', _path(image_id), image_id, json=operations, headers=PATCH))
        self._seen_by(context).pop(image_id, None)
        return self.row(context, image_id)

    def remove(self, context, image_id):
        """Delete an image; Glance refuses what is protected."""
        try:
            self._client.request(context, 'DELETE', _path(image_id), image_id)
        except (exception.ImageNotAuthorized, exception.ImageServiceRefuses):
            if self.row(context, image_id)['protected']:
                raise exception.ImageProtected(image_id=image_id) from None
            raise
        self._seen_by(context).pop(image_id, None)

    def open(self, context, row):
        """Answer the bytes as a stream that survives broken connections."""
        def begin(headers):
            return self._client.request(context, 'GET', f'{_path(row["id"])}/file', row['id'],
                                        headers=headers, stream=True)
        return reader.Reader(begin, row, self._client.tries)

    @property
    def address(self):
        """Where users reach Glance."""
        return self._client.public_address()

    def remove_leftovers(self):
        """Answer nothing: an upload that was cut off is Glance's, and its owner's to delete."""
        return []

    def _pages(self, context, filters, sort, marker, limit):
        """Give the records that Glance finds, page by page."""
        asked = records.query(filters, sort, marker)
        path, arguments = '/images', {'params': {**asked, 'limit': limit or PAGE}}
        while path:
            try:
                answer = self._client.told(context, 'GET', path, LIST, **arguments)
            except exception.ImageUnacceptable as error:
                if marker is None:
                    raise
                raise exception.MarkerNotFound(marker=marker) from error
            yield from map(records.row_of, answer['images'])
            path, arguments = answer.get('next'), {}

    def _seen_by(self, context):
        if context.user_auth_plugin is None:
            return {}
        with self._lock:
            return self._seen.setdefault(context, {})

    def _remember(self, context, found):
        row = records.row_of(found)
        self._seen_by(context)[row['id']] = row
        return row

    def _remove_unfinished(self, context, image_id):
        """Remove what was cut off, which Glance may need a moment to see."""
        for pause in client.pauses(self._client.tries):
            try:
                self._client.request(context, 'DELETE', _path(image_id), image_id)
                return
            except exception.ImageNotFound:
                return
            except exception.NovaLiteException as error:
                LOG.warning('Image %s is incomplete and is not removed: %s', image_id, error)
                time.sleep(pause)


def _path(image_id):
    return f'/images/{image_id}'


def _check_arrival(row, sent):
    digests = sent.digests()
    if row['status'] != image_meta.ACTIVE or row['size'] != sent.size:
        raise exception.ImageCorrupt(image_id=row['id'], reason=(
            f'Glance has {row["size"]} of {sent.size} bytes of it, and calls it {row["status"]}'))
    expected = digests.get(row['os_hash_algo'], row['os_hash_value'])
    if row['os_hash_value'] != expected or row['checksum'] not in (None, digests['md5']):
        raise exception.ImageCorrupt(
            image_id=row['id'], reason='Glance has other bytes of it than were sent')
