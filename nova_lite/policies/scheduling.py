# SPDX-License-Identifier: Apache-2.0
"""Policies of what the scheduler decided, and of questions to it. They name hosts."""

from nova_lite.policies import base

INDEX = 'os_compute_api:os-scheduling:index'
SHOW = 'os_compute_api:os-scheduling:show'
EXPLAIN = 'os_compute_api:os-scheduling:explain'
WHAT_IF = 'os_compute_api:os-scheduling:what-if'

RULES = [
    base.rule(INDEX, base.ADMIN, 'List decisions of the scheduler.',
              'GET /os-scheduling/decisions'),
    base.rule(SHOW, base.ADMIN, 'Show a decision of the scheduler.',
              'GET /os-scheduling/decisions/{decision_id}'),
    base.rule(EXPLAIN, base.ADMIN, 'Explain a decision host by host.',
              'POST /os-scheduling/explain'),
    base.rule(WHAT_IF, base.ADMIN, 'Ask where servers would go.', 'POST /os-scheduling/what-if'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
