# SPDX-License-Identifier: Apache-2.0
"""Policies of the lists of networks that the API had before 2.36."""

from nova_lite.policies import base

LIST = 'os_compute_api:os-networks:list'
SHOW = 'os_compute_api:os-networks:show'
TENANT_LIST = 'os_compute_api:os-tenant-networks:list'
TENANT_SHOW = 'os_compute_api:os-tenant-networks:show'

_FORMER = base.formerly('os_compute_api:os-networks:view', base.FORMER_OWNER,
                        'Each operation has a policy of its own.', '22.0.0')
_FORMER_TENANT = base.formerly('os_compute_api:os-tenant-networks', base.FORMER_OWNER,
                               'Each operation has a policy of its own.', '22.0.0')

RULES = [
    base.rule(LIST, base.PROJECT_READER_OR_ADMIN, 'List networks.', 'GET /os-networks',
              instead_of=_FORMER),
    base.rule(SHOW, base.PROJECT_READER_OR_ADMIN, 'Show a network.',
              'GET /os-networks/{network_id}', instead_of=_FORMER),
    base.rule(TENANT_LIST, base.PROJECT_READER_OR_ADMIN,
              'List the networks that a project may use.', 'GET /os-tenant-networks',
              instead_of=_FORMER_TENANT),
    base.rule(TENANT_SHOW, base.PROJECT_READER_OR_ADMIN,
              'Show a network that a project may use.', 'GET /os-tenant-networks/{network_id}',
              instead_of=_FORMER_TENANT),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
