# SPDX-License-Identifier: Apache-2.0
"""Policies of passwords that guests have made for themselves."""

from nova_lite.policies import base

SHOW = 'os_compute_api:os-server-password:show'
CLEAR = 'os_compute_api:os-server-password:clear'

_PASSWORD = '/servers/{server_id}/os-server-password'

_FORMER = base.formerly('os_compute_api:os-server-password', base.FORMER_OWNER,
                        'Each operation has a policy of its own.')

RULES = [
    base.rule(SHOW, base.PROJECT_READER_OR_ADMIN,
              'Show the encrypted password that a guest has made for itself.',
              f'GET {_PASSWORD}', instead_of=_FORMER),
    base.rule(CLEAR, base.PROJECT_MEMBER_OR_ADMIN,
              'Forget the encrypted password that a guest has made for itself.',
              f'DELETE {_PASSWORD}', instead_of=_FORMER),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
