# SPDX-License-Identifier: Apache-2.0
"""Policies of the lists of networks that the API had before 2.36."""

from nova_lite.policies import base

LIST = 'os_compute_api:os-networks:list'
SHOW = 'os_compute_api:os-networks:show'
TENANT_LIST = 'os_compute_api:os-tenant-networks:list'
TENANT_SHOW = 'os_compute_api:os-tenant-networks:show'

RULES = [
    base.rule(LIST, base.PROJECT_READER_OR_ADMIN, 'List networks.', 'GET /os-networks'),
    base.rule(SHOW, base.PROJECT_READER_OR_ADMIN, 'Show a network.',
              'GET /os-networks/{network_id}'),
    base.rule(TENANT_LIST, base.PROJECT_READER_OR_ADMIN,
              'List the networks that a project may use.', 'GET /os-tenant-networks'),
    base.rule(TENANT_SHOW, base.PROJECT_READER_OR_ADMIN,
              'Show a network that a project may use.', 'GET /os-tenant-networks/{network_id}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
