# SPDX-License-Identifier: Apache-2.0
"""Callers whose tokens Keystone has just been asked about.

What it said is good for as long as auth_token.py believes it, so the library need not read it
anew for each request: that costs as much as a short answer of the API. auth_token.py looks here
first, and keystone_context.py brings who came by the library. Only who comes again with the
same token and nothing else is known; of tokens that are good for some requests alone nothing
is kept.
"""

import dataclasses
import datetime
import functools
import threading
import typing

import cachetools
from oslo_middleware import request_id
from oslo_utils import timeutils

from nova_lite import context

CALLER = 'nova_lite.caller'
"""In the environment of a request: the Caller that it is known to be of."""

KEEPER = 'nova_lite.callers'
"""In that of a request about which Keystone was asked: the Callers that keep whose it is."""

TOKEN = 'HTTP_X_AUTH_TOKEN'
TOKEN_OF_SERVICE = 'HTTP_X_SERVICE_TOKEN'
ANSWER = 'keystone.token_info'
LIMITING = ('bind', 'access_rules')
"""Parts of a token, or of its application credential, that are held against each request."""

OF_CALLER = (
    'user_id', 'user_name', 'user_domain_id', 'user_domain_name',
    'project_id', 'project_name', 'project_domain_id', 'project_domain_name',
    'domain_id', 'domain_name', 'system_scope', 'roles', 'is_admin_project')
"""What of a context is of the caller; who is an admin the policy says each time."""

MOST = 1000
"""Kept by each process; one takes some 20 KB, most of it the catalog of services."""


@dataclasses.dataclass(frozen=True)
class Caller:
    """What a token says of who has it.

    :ivar expires: when the token does, in UTC without zone
    :ivar plugin: has the token and the catalog, for requests to other services
    """

    expires: datetime.datetime
    identity: dict
    plugin: typing.Any

    def context_of(self, environ):
        """Answer the context of a request that he makes."""
        made = context.RequestContext(
            **self.identity, request_id=environ.get(request_id.ENV_REQUEST_ID),
            global_request_id=environ.get(request_id.GLOBAL_REQ_ID))
        made.user_auth_plugin = self.plugin
        return made


class Kept:
    """What is good for some seconds, by key; the oldest goes first. Safe among threads."""

    def __init__(self, most, seconds):
        self._kept = cachetools.TTLCache(most, seconds)
        self._lock = threading.Lock()

    def get(self, key):
        """Answer what is kept, or None."""
        with self._lock:
            return self._kept.get(key)

    def set(self, key, value):
        """Keep something."""
        with self._lock:
            self._kept[key] = value


class Callers:
    """By token, for some seconds."""

    def __init__(self, seconds):
        self._kept = Kept(MOST, seconds)

    def find(self, environ):
        """Answer the Caller of a request; None if that is to be found out."""
        if TOKEN_OF_SERVICE in environ:
            return None
        found = self._kept.get(environ.get(TOKEN))
        return found if found is not None and timeutils.utcnow() < found.expires else None

    def keep(self, environ, made):
        """Keep who was found to make a request, and the context that was made of it."""
        token = environ[ANSWER]['token']
        credential = token.get('application_credential') or {}
        if TOKEN_OF_SERVICE in environ or TOKEN not in environ or any(
                part in source for part in LIMITING for source in (token, credential)):
            return
        identity = {name: getattr(made, name) for name in OF_CALLER}
        expires = timeutils.normalize_time(timeutils.parse_isotime(token['expires_at']))
        self._kept.set(environ[TOKEN], Caller(expires, identity, made.user_auth_plugin))


@functools.lru_cache(maxsize=1)
def callers(seconds):
    """Answer those of this process, which the pipelines share."""
    return Callers(seconds)
