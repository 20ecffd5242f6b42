# SPDX-License-Identifier: Apache-2.0
"""Policies of hypervisors."""

from nova_lite.policies import base

LIST = 'os_compute_api:os-hypervisors:list'
DETAIL = 'os_compute_api:os-hypervisors:list-detail'
STATISTICS = 'os_compute_api:os-hypervisors:statistics'
SHOW = 'os_compute_api:os-hypervisors:show'
UPTIME = 'os_compute_api:os-hypervisors:uptime'
SEARCH = 'os_compute_api:os-hypervisors:search'
SERVERS = 'os_compute_api:os-hypervisors:servers'

_ALL = '/os-hypervisors'
_BY_NAME = f'{_ALL}/{{hypervisor_hostname_pattern}}'

_FORMER = base.formerly('os_compute_api:os-hypervisors', base.FORMER_ADMIN,
                        'Each operation has a policy of its own.', '21.0.0')

RULES = [
    base.rule(LIST, base.ADMIN, 'List hypervisors.', f'GET {_ALL}', instead_of=_FORMER),
    base.rule(DETAIL, base.ADMIN, 'List hypervisors with details.', f'GET {_ALL}/detail',
              instead_of=_FORMER),
    base.rule(STATISTICS, base.ADMIN, 'Show what all hypervisors have together.',
              f'GET {_ALL}/statistics', instead_of=_FORMER),
    base.rule(SHOW, base.ADMIN, 'Show a hypervisor.', f'GET {_ALL}/{{hypervisor_id}}',
              instead_of=_FORMER),
    base.rule(UPTIME, base.ADMIN, 'Show since when a hypervisor runs.',
              f'GET {_ALL}/{{hypervisor_id}}/uptime', instead_of=_FORMER),
    base.rule(SEARCH, base.ADMIN, 'Find hypervisors by a part of their name.',
              f'GET {_BY_NAME}/search', instead_of=_FORMER),
    base.rule(SERVERS, base.ADMIN, 'List the servers of hypervisors.', f'GET {_BY_NAME}/servers',
              instead_of=_FORMER),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
