# SPDX-License-Identifier: Apache-2.0
"""Policies of events that other services tell of servers."""

from nova_lite.policies import base

CREATE = 'os_compute_api:os-server-external-events:create'

SERVICE_OR_ADMIN = f'role:service or {base.ADMIN}'
"""For other services, which need not be admins."""

RULES = [
    base.rule(CREATE, SERVICE_OR_ADMIN, 'Tell of events of servers.',
              'POST /os-server-external-events'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
