# SPDX-License-Identifier: Apache-2.0
"""Policies of quota classes."""

from nova_lite.policies import base

SHOW = 'os_compute_api:os-quota-class-sets:show'
UPDATE = 'os_compute_api:os-quota-class-sets:update'

_CLASS = '/os-quota-class-sets/{class_name}'

RULES = [
    base.rule(SHOW, base.ADMIN, 'Show the limits of a quota class.', f'GET {_CLASS}'),
    base.rule(UPDATE, base.ADMIN, 'Set limits of a quota class.', f'PUT {_CLASS}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
