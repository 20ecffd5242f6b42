# SPDX-License-Identifier: Apache-2.0
"""Addresses in answers: of resources and of the next page."""

import urllib.parse

from oslo_config import cfg

from nova_lite.api.openstack import wsgi

CONF = cfg.CONF


class Links:
    """Makes the links of one request's answer."""

    def __init__(self, request):
        self._request = request
        http = request.http
        root = CONF.api.compute_link_prefix or http.host_url
        project = http.environ.get(wsgi.PROJECT_IN_URL)
        below = f'/{project}' if project else ''
        self._versioned = f'{root.rstrip("/")}{http.script_name}{below}'
        self._unversioned = f'{root.rstrip("/")}{_without_version(http.script_name)}{below}'

    def own(self, *parts):
        """Answer the address of a resource in this version of the API."""
        return f'{self._versioned}/{_path(parts)}'

    def bookmark(self, *parts):
        """Answer the address of a resource that stays over versions, as a list of one link."""
        return [{'rel': 'bookmark', 'href': f'{self._unversioned}/{_path(parts)}'}]

    def pair(self, *parts):
        """Answer both links of a resource."""
        path = _path(parts)
        return [{'rel': 'self', 'href': f'{self._versioned}/{path}'},
                {'rel': 'bookmark', 'href': f'{self._unversioned}/{path}'}]

    def of_image(self, image_id):
        """Answer the bookmark of an image."""
        prefix = CONF.api.glance_link_prefix
        if not prefix:
            return self.bookmark('images', image_id)
        return [{'rel': 'bookmark', 'href': f'{prefix.rstrip("/")}/images/{_quoted(image_id)}'}]

    def next_page(self, last_id, *parts):
        """Answer the link to what follows, as a list of one link."""
        pairs = [(name, value)
                 for name, value in urllib.parse.parse_qsl(
                     self._request.http.query_string, keep_blank_values=True)
                 if name != 'marker']
        query = urllib.parse.urlencode([*pairs, ('marker', last_id)])
        return [{'rel': 'next', 'href': f'{self.own(*parts)}?{query}'}]


def _path(parts):
    return '/'.join(map(_quoted, parts))


def _quoted(part):
    return urllib.parse.quote(str(part))


def _without_version(script_name):
    """Take the last part off the path that the application is mounted at."""
    return script_name.rstrip('/').rpartition('/')[0]
