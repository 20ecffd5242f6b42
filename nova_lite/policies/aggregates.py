# SPDX-License-Identifier: Apache-2.0
"""Policies of host aggregates."""

from nova_lite.policies import base

INDEX = 'os_compute_api:os-aggregates:index'
CREATE = 'os_compute_api:os-aggregates:create'
SHOW = 'os_compute_api:os-aggregates:show'
UPDATE = 'os_compute_api:os-aggregates:update'
DELETE = 'os_compute_api:os-aggregates:delete'
ADD_HOST = 'os_compute_api:os-aggregates:add_host'
REMOVE_HOST = 'os_compute_api:os-aggregates:remove_host'
SET_METADATA = 'os_compute_api:os-aggregates:set_metadata'
CACHE_IMAGES = 'compute:aggregates:images'

_AGGREGATE = '/os-aggregates/{aggregate_id}'
_ACTION = f'POST {_AGGREGATE}/action'

RULES = [
    base.rule(INDEX, base.ADMIN, 'List host aggregates.', 'GET /os-aggregates'),
    base.rule(CREATE, base.ADMIN, 'Create a host aggregate.', 'POST /os-aggregates'),
    base.rule(SHOW, base.ADMIN, 'Show a host aggregate.', f'GET {_AGGREGATE}'),
    base.rule(UPDATE, base.ADMIN, 'Rename a host aggregate or change its availability zone.',
              f'PUT {_AGGREGATE}'),
    base.rule(DELETE, base.ADMIN, 'Delete a host aggregate.', f'DELETE {_AGGREGATE}'),
    base.rule(ADD_HOST, base.ADMIN, 'Add a host to an aggregate.', f'{_ACTION} (add_host)'),
    base.rule(REMOVE_HOST, base.ADMIN, 'Remove a host from an aggregate.',
              f'{_ACTION} (remove_host)'),
    base.rule(SET_METADATA, base.ADMIN, 'Change the metadata of an aggregate.',
              f'{_ACTION} (set_metadata)'),
    base.rule(CACHE_IMAGES, base.ADMIN,
              'Have the hosts of an aggregate fetch images ahead of time.',
              f'POST {_AGGREGATE}/images'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
