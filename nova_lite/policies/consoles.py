# SPDX-License-Identifier: Apache-2.0
"""Policies of consoles."""

from nova_lite.policies import base

OUTPUT = 'os_compute_api:os-console-output'

RULES = [
    base.rule(OUTPUT, base.PROJECT_MEMBER_OR_ADMIN, 'Show the console log of a server.',
              'POST /servers/{server_id}/action (os-getConsoleOutput)'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
