# SPDX-License-Identifier: Apache-2.0
"""Whether there is a project of the id that a request names: Keystone is asked.

Controllers ask for projects to which something is given or of which something is told, after
the policy was asked. By the caller's own rights, so nobody learns of a project here of which
Keystone would not tell. The caller's own project is there, or there would be no token.

What goes wrong with Keystone stops no operator: only a clear no refuses the request.
"""

import importlib
import urllib.parse

from oslo_log import log

from nova_lite import exception
from nova_lite.conf import keystone as options

LOG = log.getLogger(__name__)

IDENTITY = 'identity'
VERSION = 3
INTERFACES = ['internal', 'public']


def check(context, project_id):
    """Refuse an id that no project has. Without Keystone nobody knows, and all have one.

    :raises InvalidProject: if Keystone knows no such project
    :raises KeystoneNotFound: if the catalog does not say where Keystone is
    """
    if context.user_auth_plugin is None or project_id == context.project_id:
        return
    # An address of nothing but dots would be one of something else.
    if not project_id.strip('.') or _status_of(context, project_id) == 404:
        raise exception.InvalidProject(project_id=project_id)


def _status_of(context, project_id):
    """Answer the code of Keystone's answer about a project; None without an answer."""
    # Here, for both bring keystoneauth1, which only an API with Keystone has loaded.
    errors = importlib.import_module('keystoneauth1.exceptions')
    try:
        response = _keystone(context).get(
            f'/projects/{urllib.parse.quote(project_id, safe="")}', raise_exc=False,
            global_request_id=context.global_request_id)
    except errors.EndpointNotFound as error:
        raise exception.KeystoneNotFound from error
    except errors.ClientException as error:
        LOG.warning('Keystone can not be asked about project %s, which counts as there: %s',
                    project_id, error)
        return None
    if response.status_code not in (200, 404):
        LOG.info('Keystone answers %d about project %s, which counts as there',
                 response.status_code, project_id)
    return response.status_code


def _keystone(context):
    """Answer what asks Keystone with the caller's token."""
    sessions = importlib.import_module('nova_lite.keystone_sessions')
    adapter = sessions.adapter_for(options.IDENTITY, sessions.auth_of_user(context))
    adapter.service_type = adapter.service_type or IDENTITY
    adapter.interface = adapter.interface or INTERFACES
    adapter.min_version, adapter.max_version = (VERSION, 0), (VERSION, 'latest')
    return adapter
