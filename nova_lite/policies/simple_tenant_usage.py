# SPDX-License-Identifier: Apache-2.0
"""Policies of what projects have used."""

from nova_lite.policies import base

LIST = 'os_compute_api:os-simple-tenant-usage:list'
SHOW = 'os_compute_api:os-simple-tenant-usage:show'

RULES = [
    base.rule(LIST, base.ADMIN, 'List what all projects have used.',
              'GET /os-simple-tenant-usage'),
    base.rule(SHOW, base.PROJECT_READER_OR_ADMIN, 'Show what a project has used.',
              'GET /os-simple-tenant-usage/{tenant_id}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
