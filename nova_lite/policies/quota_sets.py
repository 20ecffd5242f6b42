# SPDX-License-Identifier: Apache-2.0
"""Policies of the quotas of projects and of users in them."""

from nova_lite.policies import base

SHOW = 'os_compute_api:os-quota-sets:show'
DETAIL = 'os_compute_api:os-quota-sets:detail'
DEFAULTS = 'os_compute_api:os-quota-sets:defaults'
UPDATE = 'os_compute_api:os-quota-sets:update'
DELETE = 'os_compute_api:os-quota-sets:delete'

_QUOTAS = '/os-quota-sets/{tenant_id}'

RULES = [
    base.rule(SHOW, base.PROJECT_READER_OR_ADMIN, 'Show the limits of a project or a user.',
              f'GET {_QUOTAS}'),
    base.rule(DETAIL, base.PROJECT_READER_OR_ADMIN,
              'Show the limits of a project or a user and what is used of them.',
              f'GET {_QUOTAS}/detail'),
    base.rule(DEFAULTS, base.ANYBODY, 'Show the default limits.', f'GET {_QUOTAS}/defaults'),
    base.rule(UPDATE, base.ADMIN, 'Set limits of a project or a user.', f'PUT {_QUOTAS}'),
    base.rule(DELETE, base.ADMIN, 'Give a project or a user the default limits again.',
              f'DELETE {_QUOTAS}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
