# SPDX-License-Identifier: Apache-2.0
"""Policies of key pairs: they belong to a user, whatever the project."""

from nova_lite.policies import base

INDEX = 'os_compute_api:os-keypairs:index'
SHOW = 'os_compute_api:os-keypairs:show'
CREATE = 'os_compute_api:os-keypairs:create'
DELETE = 'os_compute_api:os-keypairs:delete'

_KEYPAIR = '/os-keypairs/{keypair_name}'

RULES = [
    base.rule(INDEX, base.OWN_USER_OR_ADMIN, 'List the key pairs of a user.', 'GET /os-keypairs'),
    base.rule(SHOW, base.OWN_USER_OR_ADMIN, 'Show a key pair.', f'GET {_KEYPAIR}'),
    base.rule(CREATE, base.OWN_USER_OR_ADMIN, 'Import or generate a key pair.',
              'POST /os-keypairs'),
    base.rule(DELETE, base.OWN_USER_OR_ADMIN, 'Delete a key pair.', f'DELETE {_KEYPAIR}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
