# SPDX-License-Identifier: Apache-2.0
"""Policies of the record of what was asked of a server."""

from nova_lite.policies import base

LIST = 'os_compute_api:os-instance-actions:list'
SHOW = 'os_compute_api:os-instance-actions:show'
EVENTS = 'os_compute_api:os-instance-actions:events'
EVENT_DETAILS = 'os_compute_api:os-instance-actions:events:details'

_ACTIONS = '/servers/{server_id}/os-instance-actions'
_ACTION = f'{_ACTIONS}/{{request_id}}'

_FORMER = base.formerly('os_compute_api:os-instance-actions', base.FORMER_OWNER,
                        'Each operation has a policy of its own.', '21.0.0')

RULES = [
    base.rule(LIST, base.PROJECT_READER_OR_ADMIN, 'List the actions of a server.',
              f'GET {_ACTIONS}', instead_of=_FORMER),
    base.rule(SHOW, base.PROJECT_READER_OR_ADMIN,
              'Show an action of a server, since 2.51 with its events.', f'GET {_ACTION}',
              instead_of=_FORMER),
    base.rule(EVENTS, base.ADMIN,
              'Show the traceback of events, since 2.62 their host, and before 2.51 the events '
              'at all.', f'GET {_ACTION}'),
    base.rule(EVENT_DETAILS, base.ADMIN, 'Show the details of events, since 2.84.',
              f'GET {_ACTION}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
