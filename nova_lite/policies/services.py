# SPDX-License-Identifier: Apache-2.0
"""Policies of services."""

from nova_lite.policies import base

LIST = 'os_compute_api:os-services:list'
UPDATE = 'os_compute_api:os-services:update'
DELETE = 'os_compute_api:os-services:delete'

_SERVICE = '/os-services/{service_id}'

_FORMER = base.formerly('os_compute_api:os-services', base.FORMER_ADMIN,
                        'Each operation has a policy of its own.', '21.0.0')

RULES = [
    base.rule(LIST, base.ADMIN, 'List services.', 'GET /os-services', instead_of=_FORMER),
    base.rule(UPDATE, base.ADMIN, 'Enable, disable or force down a service.',
              f'PUT {_SERVICE}', 'PUT /os-services/enable', 'PUT /os-services/disable',
              'PUT /os-services/disable-log-reason', 'PUT /os-services/force-down',
              instead_of=_FORMER),
    base.rule(DELETE, base.ADMIN, 'Delete a service.', f'DELETE {_SERVICE}', instead_of=_FORMER),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
