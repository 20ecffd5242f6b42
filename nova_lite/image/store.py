# SPDX-License-Identifier: Apache-2.0
"""What a store of images does for the front door, nova_lite/image/api.py.

The built-in one is nova_lite/image/files.py, Glance is nova_lite/image/glance/store.py.
A record is a dict with the fields of objects.ImageMeta as JSON has them; nobody changes
one that was handed out.
"""

import abc


class Store(abc.ABC):
    """Images, each as far as the context may see and change it.

    :cvar wants_format: whether the disk format has to be known before the first byte
    :ivar address: where users reach the service that the images come from; None if it is this
    """

    wants_format = False
    address = None

    @abc.abstractmethod
    def row(self, context, image_id):
        """Answer the record of an image.

        :raises ImageNotFound: if there is none that the caller may see
        """

    @abc.abstractmethod
    def rows(self, context, filters, sort, *, marker=None, limit=None):
        """Answer the records of a list.

        :param filters: see nova_lite/image/listing.py
        :param sort: (key, ``asc`` or ``desc``)
        """

    @abc.abstractmethod
    def add(self, context, row, inspection, pace):
        """Take an image in, all of it or nothing; answer its record.

        :param row: the record as far as it is known
        :param inspection: formats.Inspection, from which the bytes come
        :param pace: transfer.Pace
        """

    @abc.abstractmethod
    def change(self, context, image_id, changes_for):
        """Change a record; answer the new one.

        :param changes_for: called with the present record, answers field -> value
        :raises ImageNotAuthorized: if the caller may see the image, not change it
        """

    @abc.abstractmethod
    def remove(self, context, image_id):
        """Delete an image.

        :raises ImageProtected: if it is protected
        """

    @abc.abstractmethod
    def open(self, context, row):
        """Answer the bytes as a stream that is closed by whoever asked."""

    @abc.abstractmethod
    def remove_leftovers(self):
        """Remove what was interrupted; answer the names."""
