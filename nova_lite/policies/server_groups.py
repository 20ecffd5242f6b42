# SPDX-License-Identifier: Apache-2.0
"""Policies of server groups."""

from nova_lite.policies import base

CREATE = 'os_compute_api:os-server-groups:create'
DELETE = 'os_compute_api:os-server-groups:delete'
INDEX = 'os_compute_api:os-server-groups:index'
INDEX_ALL_PROJECTS = 'os_compute_api:os-server-groups:index:all_projects'
SHOW = 'os_compute_api:os-server-groups:show'

_GROUP = '/os-server-groups/{server_group_id}'

RULES = [
    base.rule(CREATE, base.PROJECT_MEMBER_OR_ADMIN, 'Create a server group.',
              'POST /os-server-groups'),
    base.rule(DELETE, base.PROJECT_MEMBER_OR_ADMIN, 'Delete a server group.', f'DELETE {_GROUP}'),
    base.rule(INDEX, base.PROJECT_READER_OR_ADMIN, 'List server groups.',
              'GET /os-server-groups'),
    base.rule(INDEX_ALL_PROJECTS, base.ADMIN, 'List the server groups of all projects.',
              'GET /os-server-groups'),
    base.rule(SHOW, base.PROJECT_READER_OR_ADMIN, 'Show a server group.', f'GET {_GROUP}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
