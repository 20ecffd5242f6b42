# SPDX-License-Identifier: Apache-2.0
"""keystonemiddleware's auth_token, with a cache that also works without memcached.

It asks Keystone whether the token of a request is valid and writes what it says into
headers of the request, which keystone_context.py reads. It takes away those that came
with the request. Callers that known_callers.py knows pass it by. Loaded with the pipeline
``keystone`` only, as its libraries are.
"""

import functools
import threading

import webob.exc
from keystoneauth1 import exceptions as keystone_errors
from keystonemiddleware import auth_token
from oslo_config import cfg
from oslo_log import log

from nova_lite import exception
from nova_lite.api.middleware import base, known_callers
from nova_lite.conf import keystone

CONF = cfg.CONF
LOG = log.getLogger(__name__)

SERVICE_TYPE = 'compute'
"""What the access rules of application credentials call this API."""

SILENCE = 10
"""Seconds after which Keystone does not answer, if http_connect_timeout says nothing: who waits
holds a thread, and all of them are soon waiting."""

CACHE = 'nova_lite.tokens'
MOST_TOKENS = 10000
"""Kept by each process; one takes about as many bytes as the catalog of services, 4 KB."""


UNUSABLE = (webob.exc.HTTPServiceUnavailable, keystone_errors.ClientException, LookupError,
            TypeError, AttributeError, ValueError, NotImplementedError)
"""What the library says if Keystone is away, which is not in the form of Nova's errors, and what
keystoneauth1 raises of answers that break off, or that a proxy gave in Keystone's place."""


class Tokens(known_callers.Kept):
    """What Keystone said of tokens, for as long as that is believed.

    It stands in for a cache of Swift's, which auth_token takes in the place of memcached. The
    one that it has by itself has no bound.

    :ivar asked: has an attribute ``now`` in the thread whose request has Keystone asked
    """

    def __init__(self, seconds):
        super().__init__(MOST_TOKENS, seconds)
        self.asked = threading.local()

    def set(self, key, value, time=0):
        """Keep something; all is kept equally long."""
        del time
        self.asked.now = True
        super().set(key, value)


class _Protocol(auth_token.AuthProtocol):
    """The library's filter, which does not know of answers that are none of Keystone's."""

    def fetch_token(self, token, **options):
        """Answer what Keystone says of a token.

        :raises TokenNotChecked: if none comes, one breaks off, or is of another form
        """
        try:
            return super().fetch_token(token, **options)
        except UNUSABLE as error:
            LOG.error('Keystone can not be asked about a token: %r', error)
            raise exception.TokenNotChecked from error


class AuthToken(base.Filter):
    """WSGI filter: find out whose token it is, unless that is known."""

    def __init__(self, application):
        super().__init__(application)
        self._library = _Protocol(self._let_in, _options())
        seconds = CONF[keystone.TOKENS].token_cache_time
        self._tokens, self._callers = _tokens(seconds), known_callers.callers(seconds)

    def __call__(self, environ, start_response):
        caller = self._callers.find(environ)
        if caller is not None:
            environ[known_callers.CALLER] = caller
            return self.application(environ, start_response)
        environ[CACHE] = self._tokens
        self._tokens.asked.now = False
        return self._library(environ, start_response)

    def _let_in(self, environ, start_response):
        """Go on with a request that the library has let pass."""
        if self._tokens.asked.now:
            # Only then, or an older answer of Keystone would be believed for too long.
            environ[known_callers.KEEPER] = self._callers
        return self.application(environ, start_response)


def _options():
    """Answer what differs from the library's defaults; what the operator says goes first.

    :raises KeystoneNotConfigured: if nobody can validate a token
    :raises CatalogRefused: if what access rules need is not to be asked for
    """
    group = CONF[keystone.TOKENS]
    if not (group.auth_type or group.auth_section):
        raise exception.KeystoneNotConfigured
    if not group.include_service_catalog:
        raise exception.CatalogRefused
    found = {'service_type': group.service_type or SERVICE_TYPE,
             'http_connect_timeout': group.http_connect_timeout or SILENCE}
    if not group.memcached_servers:
        found['cache'] = group.cache or CACHE
    return found


@functools.lru_cache(maxsize=1)
def _tokens(seconds):
    """Answer the cache of this process, which the pipelines share."""
    return Tokens(seconds)
