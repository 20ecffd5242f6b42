# SPDX-License-Identifier: Apache-2.0
"""Policies of hosts."""

from nova_lite.policies import base

LIST = 'os_compute_api:os-hosts:list'
SHOW = 'os_compute_api:os-hosts:show'
UPDATE = 'os_compute_api:os-hosts:update'
REBOOT = 'os_compute_api:os-hosts:reboot'
SHUTDOWN = 'os_compute_api:os-hosts:shutdown'
START = 'os_compute_api:os-hosts:start'

_HOST = '/os-hosts/{host_name}'

_FORMER = base.formerly('os_compute_api:os-hosts', base.FORMER_ADMIN,
                        'Each operation has a policy of its own.', '22.0.0')

RULES = [
    base.rule(LIST, base.ADMIN, 'List hosts.', 'GET /os-hosts', instead_of=_FORMER),
    base.rule(SHOW, base.ADMIN, 'Show what a host has.', f'GET {_HOST}', instead_of=_FORMER),
    base.rule(UPDATE, base.ADMIN, 'Enable or disable a host.', f'PUT {_HOST}', instead_of=_FORMER),
    base.rule(REBOOT, base.ADMIN, 'Reboot a host.', f'GET {_HOST}/reboot', instead_of=_FORMER),
    base.rule(SHUTDOWN, base.ADMIN, 'Shut a host down.', f'GET {_HOST}/shutdown',
              instead_of=_FORMER),
    base.rule(START, base.ADMIN, 'Start a host.', f'GET {_HOST}/startup', instead_of=_FORMER),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
