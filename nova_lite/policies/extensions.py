# SPDX-License-Identifier: Apache-2.0
"""Policies of the list of extensions."""

from nova_lite.policies import base

LIST = 'os_compute_api:extensions'

RULES = [
    base.rule(LIST, base.ANYBODY, 'List and show the extensions of the API.',
              'GET /extensions', 'GET /extensions/{alias}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
