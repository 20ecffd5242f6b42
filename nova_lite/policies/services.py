# SPDX-License-Identifier: Apache-2.0
"""Policies of services."""

from nova_lite.policies import base

LIST = 'os_compute_api:os-services:list'
UPDATE = 'os_compute_api:os-services:update'
DELETE = 'os_compute_api:os-services:delete'

_SERVICE = '/os-services/{service_id}'

RULES = [
    base.rule(LIST, base.ADMIN, 'List services.', 'GET /os-services'),
    base.rule(UPDATE, base.ADMIN, 'Enable, disable or force down a service.',
              f'PUT {_SERVICE}', 'PUT /os-services/enable', 'PUT /os-services/disable',
              'PUT /os-services/disable-log-reason', 'PUT /os-services/force-down'),
    base.rule(DELETE, base.ADMIN, 'Delete a service.', f'DELETE {_SERVICE}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
