# SPDX-License-Identifier: Apache-2.0
"""Policies of the log of usage audits."""

from nova_lite.policies import base

LIST = 'os_compute_api:os-instance-usage-audit-log:list'
SHOW = 'os_compute_api:os-instance-usage-audit-log:show'

RULES = [
    base.rule(LIST, base.ADMIN, 'Show how the last usage audit went.',
              'GET /os-instance_usage_audit_log'),
    base.rule(SHOW, base.ADMIN, 'Show how the usage audit before a time went.',
              'GET /os-instance_usage_audit_log/{before}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
