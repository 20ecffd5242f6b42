# SPDX-License-Identifier: Apache-2.0
"""On whose behalf a request is made; and which pipeline finds that out.

``noauth2`` believes what the token says, ``user:project``. It is for a machine
that only its owner reaches.
"""

import re

import webob
from oslo_config import cfg
from oslo_middleware import request_id

from nova_lite import context, exception
from nova_lite.api.middleware import base
from nova_lite.api.openstack import wsgi
from nova_lite.policies import enforcement

CONF = cfg.CONF

NAME = re.compile(r'[\w.@-]{1,64}', re.ASCII)
"""What a user or a project may be called here; 64 is what the database keys hold."""

ADMIN_USER = 'admin'
ROLES_OF_ADMIN = ['admin', 'manager', 'member', 'reader']
ROLES_OF_OTHERS = ['member', 'reader']


def pipeline_factory(loader, _global_conf, **pipelines):
    """Make the pipeline that [api] auth_strategy names, for PasteDeploy.

    :param pipelines: strategy -> names of the filters and of the application
    """
    *filters, application = pipelines[CONF.api.auth_strategy].split()
    made = loader.get_app(application)
    for name in reversed(filters):
        made = loader.get_filter(name)(made)
    return made


class NoAuth2(base.Filter):
    """WSGI filter: believe the token.

    ``X-Auth-Token: user:project``; the user named admin is one. Who sends
    X-Auth-User and X-Auth-Project-Id instead is given the token to use.
    """

    def __call__(self, environ, start_response):
        token = environ.get('HTTP_X_AUTH_TOKEN')
        if token is None:
            return self._give_token(environ)(environ, start_response)
        user_id, _, project_id = token.partition(':')
        environ[wsgi.CONTEXT] = context_of(environ, user_id, project_id or user_id)
        return self.application(environ, start_response)

    @staticmethod
    def _give_token(environ):
        """Answer the token that a user has to send.

        :raises Unauthorized: if the request names no user
        """
        user_id = environ.get('HTTP_X_AUTH_USER', '')
        project_id = environ.get('HTTP_X_AUTH_PROJECT_ID', user_id)
        _check_names(user_id, project_id)
        return webob.Response(status=204, content_type=None, headerlist=[
            ('X-Auth-Token', f'{user_id}:{project_id}'),
            ('X-Server-Management-Url', f'{webob.Request(environ).path_url}/{project_id}')])


def _check_names(*names):
    if not all(NAME.fullmatch(name) for name in names):
        raise exception.Unauthorized


def context_of(environ, user_id, project_id):
    """Answer the context of a request by noauth2.

    :raises Unauthorized: if the names can't be a user's and a project's
    """
    _check_names(user_id, project_id)
    roles = list(ROLES_OF_ADMIN if user_id == ADMIN_USER else ROLES_OF_OTHERS)
    made = context.RequestContext(
        user_id=user_id, project_id=project_id, roles=roles,
        request_id=environ.get(request_id.ENV_REQUEST_ID),
        global_request_id=environ.get(request_id.GLOBAL_REQ_ID))
    made.is_admin = enforcement.is_admin(made)
    return made
