# SPDX-License-Identifier: Apache-2.0
"""Policies of the tags of servers."""

from nova_lite.policies import base

INDEX = 'os_compute_api:os-server-tags:index'
SHOW = 'os_compute_api:os-server-tags:show'
UPDATE = 'os_compute_api:os-server-tags:update'
UPDATE_ALL = 'os_compute_api:os-server-tags:update_all'
DELETE = 'os_compute_api:os-server-tags:delete'
DELETE_ALL = 'os_compute_api:os-server-tags:delete_all'

_ALL = '/servers/{server_id}/tags'
_TAG = f'{_ALL}/{{tag}}'

RULES = [
    base.rule(INDEX, base.PROJECT_READER_OR_ADMIN, 'List the tags of a server.', f'GET {_ALL}'),
    base.rule(SHOW, base.PROJECT_READER_OR_ADMIN, 'Ask whether a server has a tag.',
              f'GET {_TAG}'),
    base.rule(UPDATE, base.PROJECT_MEMBER_OR_ADMIN, 'Add a tag to a server.', f'PUT {_TAG}'),
    base.rule(UPDATE_ALL, base.PROJECT_MEMBER_OR_ADMIN, 'Replace the tags of a server.',
              f'PUT {_ALL}'),
    base.rule(DELETE, base.PROJECT_MEMBER_OR_ADMIN, 'Remove a tag of a server.',
              f'DELETE {_TAG}'),
    base.rule(DELETE_ALL, base.PROJECT_MEMBER_OR_ADMIN, 'Remove all tags of a server.',
              f'DELETE {_ALL}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
