# SPDX-License-Identifier: Apache-2.0
"""Policies of the summary of limits."""

from nova_lite.policies import base

INDEX = 'os_compute_api:limits'
OTHER_PROJECT = 'os_compute_api:limits:other_project'

RULES = [
    base.rule(INDEX, base.ANYBODY, 'Show what the own project may have and has.', 'GET /limits'),
    base.rule(OTHER_PROJECT, base.ADMIN, 'Show what another project may have and has.',
              'GET /limits'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
