# SPDX-License-Identifier: Apache-2.0
"""On whose behalf a request with a token of Keystone is made.

auth_token.py has put what Keystone says of the token into headers of the request. Whether
the caller may do what he asks is the policies' question; a token without a project or
without roles comes as far as that.
"""

from nova_lite import context, exception
from nova_lite.api.middleware import base, known_callers
from nova_lite.api.openstack import wsgi
from nova_lite.policies import enforcement

IS_VALID = 'HTTP_X_IDENTITY_STATUS'
USER = 'HTTP_X_USER_ID'
PLUGIN = 'keystone.token_auth'


class KeystoneContext(base.Filter):
    """WSGI filter; raises Unauthorized if auth_token let a request pass without a user."""

    def __call__(self, environ, start_response):
        caller = environ.get(known_callers.CALLER)
        made = _found_out(environ) if caller is None else caller.context_of(environ)
        made.is_admin = enforcement.is_admin(made)
        environ[wsgi.CONTEXT] = made
        return self.application(environ, start_response)


def _found_out(environ):
    made = context_of(environ)
    keeper = environ.get(known_callers.KEEPER)
    if keeper is not None:
        keeper.keep(environ, made)
    return made


def context_of(environ):
    """Answer the context of a request that auth_token has let pass.

    The tokens themselves are not in it, so that they are in no message and no log.

    :raises Unauthorized: if it has no user
    """
    if environ.get(IS_VALID) != 'Confirmed' or not environ.get(USER):
        raise exception.Unauthorized
    found = context.RequestContext.from_environ(
        environ, auth_token=None, service_token=None)
    found.user_auth_plugin = environ.get(PLUGIN)
    return found
