# SPDX-License-Identifier: Apache-2.0
"""Metadata of servers: list, show, add, replace, remove."""

from nova_lite import exception
from nova_lite.compute import api
from nova_lite.db.stores import server_metadata as store


class ServerMetadata:
    """``/servers/{server_id}/metadata``."""

    def __init__(self):
        self._compute = api.API()

    def index(self, request, server_id):
        """List the metadata of a server."""
        return {'metadata': store.get(request.context, server_id)}

    def show(self, request, server_id, key):
        """Show an item of the metadata of a server."""
        pairs = store.get(request.context, server_id)
        if key not in pairs:
            raise exception.MetadataItemNotFound(key=key)
        return {'meta': {key: pairs[key]}}

    def create(self, request, server_id):
        """Add metadata to a server."""
        return {'metadata': self._compute.update_metadata(
            request.context, request.target, request.body['metadata'])}

    def update_all(self, request, server_id):
        """Replace the metadata of a server."""
        return {'metadata': self._compute.update_metadata(
            request.context, request.target, request.body['metadata'], replace=True)}

    def update(self, request, server_id, key):
        """Set an item of the metadata of a server."""
        item = request.body['meta']
        if key not in item:
            raise exception.BodyNamesAnother(thing='item')
        self._compute.update_metadata(request.context, request.target, item)
        return {'meta': item}

    def delete(self, request, server_id, key):
        """Remove an item of the metadata of a server."""
        self._compute.remove_metadata(request.context, request.target, key)
