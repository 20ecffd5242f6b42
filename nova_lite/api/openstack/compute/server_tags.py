# SPDX-License-Identifier: Apache-2.0
"""Tags of servers: list, ask, add, replace, remove; since 2.26."""

import urllib.parse

from nova_lite import exception
from nova_lite.api.openstack import validation, wsgi
from nova_lite.api.openstack.compute.schemas import servers as schemas
from nova_lite.api.openstack.compute.views import links
from nova_lite.compute import api
from nova_lite.db.stores import server_tags as store

TAG = validation.Schema(schemas.TAG)
CREATED = 201
THERE_ALREADY = 204


class ServerTags:
    """``/servers/{server_id}/tags``."""

    def __init__(self):
        self._compute = api.API()

    def index(self, request, server_id):
        """List the tags of a server."""
        return {'tags': store.get(request.context, server_id)}

    def show(self, request, server_id, tag):
        """Ask whether a server has a tag."""
        if tag not in store.get(request.context, server_id):
            raise exception.TagNotFound(instance_uuid=server_id, tag=tag)

    def update(self, request, server_id, tag):
        """Add a tag to a server."""
        _check(tag)
        if not self._compute.add_tag(request.context, request.target, tag):
            return wsgi.Answer(status=THERE_ALREADY)
        own = links.Links(request).own('servers', server_id)
        return wsgi.Answer(status=CREATED, headers={
            'Location': f'{own}/tags/{urllib.parse.quote(tag, safe="")}'})

    def update_all(self, request, server_id):
        """Replace the tags of a server."""
        return {'tags': self._compute.replace_tags(
            request.context, request.target, request.body['tags'])}

    def delete(self, request, server_id, tag):
        """Remove a tag of a server."""
        self._compute.remove_tag(request.context, request.target, tag)

    def delete_all(self, request, server_id):
        """Remove all tags of a server."""
        self._compute.replace_tags(request.context, request.target, [])


def _check(tag):
    try:
        TAG.check(tag)
    except exception.ValidationError as error:
        raise exception.TagInvalid(tag=tag, reason=error.message) from error
