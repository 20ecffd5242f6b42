# SPDX-License-Identifier: Apache-2.0
"""Policies of flavors, their extra specs and who may use them."""

from nova_lite.policies import base

INDEX = 'os_compute_api:flavors:index'
DETAIL = 'os_compute_api:flavors:detail'
SHOW = 'os_compute_api:flavors:show'
CREATE = 'os_compute_api:os-flavor-manage:create'
UPDATE = 'os_compute_api:os-flavor-manage:update'
DELETE = 'os_compute_api:os-flavor-manage:delete'
ACCESS_LIST = 'os_compute_api:os-flavor-access'
ACCESS_ADD = 'os_compute_api:os-flavor-access:add_tenant_access'
ACCESS_REMOVE = 'os_compute_api:os-flavor-access:remove_tenant_access'
SPECS_INDEX = 'os_compute_api:os-flavor-extra-specs:index'
SPECS_SHOW = 'os_compute_api:os-flavor-extra-specs:show'
SPECS_CREATE = 'os_compute_api:os-flavor-extra-specs:create'
SPECS_UPDATE = 'os_compute_api:os-flavor-extra-specs:update'
SPECS_DELETE = 'os_compute_api:os-flavor-extra-specs:delete'

_FLAVOR = '/flavors/{flavor_id}'
_SPECS = f'{_FLAVOR}/os-extra_specs'

RULES = [
    # Nova has no policies for these three: who has any token may see flavors.
    base.rule(INDEX, base.ANYBODY, 'List flavors.', 'GET /flavors', scopes=base.ANY_SCOPE),
    base.rule(DETAIL, base.ANYBODY, 'List flavors with details.', 'GET /flavors/detail',
              scopes=base.ANY_SCOPE),
    base.rule(SHOW, base.ANYBODY, 'Show a flavor.', f'GET {_FLAVOR}', scopes=base.ANY_SCOPE),
    base.rule(CREATE, base.ADMIN, 'Create a flavor.', 'POST /flavors'),
    base.rule(UPDATE, base.ADMIN, 'Change the description of a flavor.', f'PUT {_FLAVOR}'),
    base.rule(DELETE, base.ADMIN, 'Delete a flavor.', f'DELETE {_FLAVOR}'),
    base.rule(ACCESS_LIST, base.ADMIN, 'List the projects that may use a private flavor.',
              f'GET {_FLAVOR}/os-flavor-access'),
    base.rule(ACCESS_ADD, base.ADMIN, 'Let a project use a private flavor.',
              f'POST {_FLAVOR}/action (addTenantAccess)'),
    base.rule(ACCESS_REMOVE, base.ADMIN, 'Let a project use a private flavor no more.',
              f'POST {_FLAVOR}/action (removeTenantAccess)'),
    base.rule(SPECS_INDEX, base.PROJECT_READER_OR_ADMIN, 'List the extra specs of a flavor.',
              f'GET {_SPECS}', 'GET /flavors/detail', f'GET {_FLAVOR}', 'POST /flavors',
              f'PUT {_FLAVOR}'),
    base.rule(SPECS_SHOW, base.PROJECT_READER_OR_ADMIN, 'Show an extra spec of a flavor.',
              f'GET {_SPECS}/{{key}}'),
    base.rule(SPECS_CREATE, base.ADMIN, 'Add extra specs to a flavor.', f'POST {_SPECS}'),
    base.rule(SPECS_UPDATE, base.ADMIN, 'Change an extra spec of a flavor.',
              f'PUT {_SPECS}/{{key}}'),
    base.rule(SPECS_DELETE, base.ADMIN, 'Remove an extra spec of a flavor.',
              f'DELETE {_SPECS}/{{key}}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
