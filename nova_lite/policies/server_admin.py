# SPDX-License-Identifier: Apache-2.0
"""Policies of what only admins do with servers."""

from nova_lite.policies import base

RESET_STATE = 'os_compute_api:os-admin-actions:reset_state'

RULES = [
    base.rule(RESET_STATE, base.ADMIN, 'Reset the state of a server.',
              'POST /servers/{server_id}/action (os-resetState)'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
