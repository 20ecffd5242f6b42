# SPDX-License-Identifier: Apache-2.0
"""The documents that say which versions of the API there are. No token is needed."""

import webob
from oslo_config import cfg

from nova_lite.api.openstack import microversions, wsgi

CONF = cfg.CONF

MEDIA_TYPE = 'application/vnd.openstack.compute+json'
DESCRIBED_BY = {'rel': 'describedby', 'type': 'text/html', 'href': 'http://docs.openstack.org/'}

VERSIONS = (
    {'id': 'v2.0', 'status': 'SUPPORTED', 'version': '', 'min_version': '',
     'updated': '2011-01-21T11:33:21Z'},
    {'id': 'v2.1', 'status': 'CURRENT', 'version': str(microversions.MAXIMUM),
     'min_version': str(microversions.MINIMUM), 'updated': '2013-07-23T11:33:21Z'},
)
READ = ('GET', 'HEAD')
PATHS = {'v2.0': 'v2', 'v2.1': 'v2.1'}


def _root_of(http, mounted_at=''):
    """Answer the address of the API's root.

    :param mounted_at: last part of the path that the application is mounted at
    """
    root = (CONF.api.compute_link_prefix or http.host_url).rstrip('/')
    return root + http.script_name.rstrip('/').removesuffix(mounted_at)


def _media_types(version):
    return [{'base': 'application/json', 'type': f'{MEDIA_TYPE};version={_short_of(version)}'}]


def _short_of(version):
    return PATHS[version['id']][1:]


class VersionList:
    """WSGI application at the root: all versions; for other addresses, where to look."""

    @classmethod
    def factory(cls, _global_conf, **_local_conf):
        """Make the application for PasteDeploy."""
        return cls()

    def __call__(self, environ, start_response):
        http = webob.Request(environ)
        if http.path_info in ('', '/'):
            response = wsgi.respond({'versions': self._all(_root_of(http))}, 200)
        else:
            response = wsgi.respond({'choices': self._choices(http)}, 300)
        return response(environ, start_response)

    @staticmethod
    def _all(root):
        return [dict(version, links=[
            {'rel': 'self', 'href': f'{root}/{PATHS[version["id"]]}/'}]) for version in VERSIONS]

    @staticmethod
    def _choices(http):
        root = _root_of(http)
        return [{'id': version['id'], 'status': version['status'],
                 'links': [{'rel': 'self',
                            'href': f'{root}/{PATHS[version["id"]]}{http.path_info}'}],
                 'media-types': _media_types(version)} for version in VERSIONS]


class VersionDocument:
    """WSGI application at the root of one version: the document for itself, the API below.

    :ivar version: the row of VERSIONS
    """

    def __init__(self, version, application):
        self.version = version
        self.application = application

    @classmethod
    def factory(cls, loader, _global_conf, *, version, api):
        """Make the application for PasteDeploy.

        :param version: id of the version
        :param api: name of the application for all other addresses
        """
        row = next(row for row in VERSIONS if row['id'] == version)
        return cls(row, loader.get_app(api))

    def __call__(self, environ, start_response):
        if environ.get('PATH_INFO', '') not in ('', '/') or environ['REQUEST_METHOD'] not in READ:
            return self.application(environ, start_response)
        path = f'/{PATHS[self.version["id"]]}'
        root = _root_of(webob.Request(environ), mounted_at=path)
        links = [{'rel': 'self', 'href': f'{root}{path}/'}, DESCRIBED_BY]
        document = dict(self.version, links=links)
        document['media-types'] = _media_types(self.version)
        answer = wsgi.Answer({'version': document}, headers=self._description(root, path))
        return wsgi.respond(answer, 200)(environ, start_response)

    def _description(self, root, path):
        """Answer the header that tells where the OpenAPI document is; see nova_lite/api/openapi.

        Not a link of the document: clients that know Nova's know all that there are.
        """
        if not self.version['version']:
            return {}
        return {'Link': f'<{root}{path}/openapi.json>; rel="service-desc"'}
