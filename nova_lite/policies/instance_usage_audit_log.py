# SPDX-License-Identifier: Apache-2.0
"""Policies of the log of usage audits."""

from nova_lite.policies import base

LIST = 'os_compute_api:os-instance-usage-audit-log:list'
SHOW = 'os_compute_api:os-instance-usage-audit-log:show'

_FORMER = base.formerly('os_compute_api:os-instance-usage-audit-log', base.FORMER_ADMIN,
                        'Each operation has a policy of its own.', '21.0.0')

RULES = [
    base.rule(LIST, base.ADMIN, 'Show how the last usage audit went.',
              'GET /os-instance_usage_audit_log', instead_of=_FORMER),
    base.rule(SHOW, base.ADMIN, 'Show how the usage audit before a time went.',
              'GET /os-instance_usage_audit_log/{before}', instead_of=_FORMER),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
