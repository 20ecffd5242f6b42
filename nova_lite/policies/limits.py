# SPDX-License-Identifier: Apache-2.0
"""Policies of the summary of limits."""

from nova_lite.policies import base

INDEX = 'os_compute_api:limits'
OTHER_PROJECT = 'os_compute_api:limits:other_project'

_FORMER = base.formerly('os_compute_api:os-used-limits', base.FORMER_ADMIN,
                        'It is named after the resource that it is a part of.', '21.0.0')

RULES = [
    base.rule(INDEX, base.ANYBODY, 'Show what the own project may have and has.', 'GET /limits'),
    base.rule(OTHER_PROJECT, base.ADMIN, 'Show what another project may have and has.',
              'GET /limits', instead_of=_FORMER),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
