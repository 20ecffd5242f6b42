# SPDX-License-Identifier: Apache-2.0
"""Policies of what tokens of consoles lead to."""

from nova_lite.policies import base

SHOW = 'os_compute_api:os-console-auth-tokens'

RULES = [
    base.rule(SHOW, base.ADMIN, 'Show where a token of a console leads.',
              'GET /os-console-auth-tokens/{console_token}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
