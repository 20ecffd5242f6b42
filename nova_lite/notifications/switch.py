# SPDX-License-Identifier: Apache-2.0
"""Whether anybody is told anything: off unless [oslo_messaging_notifications] names a driver."""

from oslo_config import cfg
from oslo_messaging import opts as messaging_opts

CONF = cfg.CONF

GROUP = 'oslo_messaging_notifications'
SILENT = frozenset({'', 'noop'})
VM_STATE = 'vm_state'
TASK_STATE = 'task_state'

CAUSES = {
    None: frozenset(),
    'vm_state': frozenset({VM_STATE}),
    'vm_and_task_state': frozenset({VM_STATE, TASK_STATE}),
}
"""[notifications] notify_on_state_change -> columns whose change is told of."""

for _group, _options in messaging_opts.list_opts():
    if _group == GROUP:
        CONF.register_opts(_options, group=GROUP)


def drivers():
    """Answer the names of the drivers that say something."""
    return [name for name in CONF[GROUP].driver if name not in SILENT]


def is_on():
    """Whether notifications are written and sent."""
    return bool(drivers())


def causes():
    """Answer the columns of a server whose change is told of."""
    return CAUSES[CONF.notifications.notify_on_state_change] if is_on() else frozenset()
