# SPDX-License-Identifier: Apache-2.0
"""Policies of deletes that wait for nothing."""

from nova_lite.policies import base

FORCE = 'os_compute_api:os-deferred-delete:force'

RULES = [
    base.rule(FORCE, base.PROJECT_MEMBER_OR_ADMIN, 'Delete a server at once.',
              'POST /servers/{server_id}/action (forceDelete)'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
