# SPDX-License-Identifier: Apache-2.0
"""Policies of locks."""

from nova_lite.policies import base

LOCK = 'os_compute_api:os-lock-server:lock'
UNLOCK = 'os_compute_api:os-lock-server:unlock'
UNLOCK_OVERRIDE = 'os_compute_api:os-lock-server:unlock:unlock_override'

_UNLOCK = 'POST /servers/{server_id}/action (unlock)'

RULES = [
    base.rule(LOCK, base.PROJECT_MEMBER_OR_ADMIN, 'Lock a server.',
              'POST /servers/{server_id}/action (lock)'),
    base.rule(UNLOCK, base.PROJECT_MEMBER_OR_ADMIN, 'Unlock a server.', _UNLOCK),
    base.rule(UNLOCK_OVERRIDE, base.ADMIN,
              'Unlock a server that somebody outside of its project has locked.', _UNLOCK),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
