# SPDX-License-Identifier: Apache-2.0
"""Serves the document: ``GET /v2.1/openapi.json``. No token is needed.

``?microversion=2.N``, or the header that names the microversion of any request, asks for
one; without either the document tells of all. It is made when it is first asked for, and
only the last few are kept, packed: there are more than a hundred.
"""

import functools
import gzip
import hashlib
import urllib.parse

import webob
from oslo_config import cfg
from oslo_utils import importutils

from nova_lite import exception
from nova_lite.api.openstack import microversions, validation

CONF = cfg.CONF

ALLOWED = ('GET', 'HEAD')
PARAMETER = 'microversion'
MOST_KEPT = 4
GENERATOR = 'nova_lite.api.openapi.document'
"""By name: most processes are never asked."""

MAX_AGE = 3600


def app_factory(_global_conf, **_local_conf):
    """Make the application for PasteDeploy."""
    return Application()


class Application:
    """WSGI application of the one address; what is below it is not there."""

    def __call__(self, environ, start_response):
        return self._answer(webob.Request(environ))(environ, start_response)

    def _answer(self, http):
        if http.environ.get('PATH_INFO'):
            raise exception.RouteNotFound
        if http.method not in ALLOWED:
            raise exception.MethodNotAllowed(method=http.method, allowed=ALLOWED)
        packed, tag = _packed(_asked(http), _url(http))
        response = webob.Response(content_type='application/json', conditional_response=True)
        response.etag = tag
        response.cache_control.max_age = MAX_AGE
        response.vary = (*microversions.VARY.split(', '), 'Accept-Encoding')
        if http.accept_encoding and 'gzip' in http.accept_encoding:
            response.body = packed
            response.content_encoding = 'gzip'
        else:
            response.body = gzip.decompress(packed)
        return response


def _asked(http):
    """Answer the microversion that is asked for; None if it is all of them.

    :raises MalformedMicroversion: if it is no version
    :raises MicroversionNotSupported: if this release does not know it
    """
    values = validation.read_query(http.environ).get(PARAMETER)
    if values:
        return microversions.parse(values[-1])
    headers = http.headers
    if microversions.HEADER in headers or microversions.LEGACY_HEADER in headers:
        return microversions.negotiate({name.lower(): headers[name] for name in (
            microversions.HEADER, microversions.LEGACY_HEADER) if name in headers})
    return None


def _url(http):
    """Answer the path of the API's root, as clients of this process reach it."""
    prefix = urllib.parse.urlsplit(CONF.api.compute_link_prefix or '').path.rstrip('/')
    return prefix + http.environ.get('SCRIPT_NAME', '').rpartition('/')[0]


@functools.lru_cache(maxsize=MOST_KEPT)
def _packed(version, url):
    """Answer a document, packed, and what tells it from others."""
    generator = importutils.import_module(GENERATOR)
    span = generator.spans.WHOLE if version is None else generator.spans.only(version)
    text = generator.text_of(generator.make(span, url=url)).encode()
    return gzip.compress(text, mtime=0), hashlib.sha256(text).hexdigest()
