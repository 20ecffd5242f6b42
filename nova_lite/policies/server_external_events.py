# SPDX-License-Identifier: Apache-2.0
"""Policies of events that other services tell of servers."""

from nova_lite.policies import base

CREATE = 'os_compute_api:os-server-external-events:create'

RULES = [
    base.rule(CREATE, base.SERVICE_OR_ADMIN, 'Tell of events of servers.',
              'POST /os-server-external-events'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
