# SPDX-License-Identifier: Apache-2.0
"""``status``: the word that the API derives from a server's state."""

from nova_lite.states import vm

STATUS = {
    vm.ACTIVE: 'ACTIVE',
    vm.BUILDING: 'BUILD',
    vm.DELETED: 'DELETED',
    vm.ERROR: 'ERROR',
    vm.PAUSED: 'PAUSED',
    vm.RESCUED: 'RESCUE',
    vm.RESIZED: 'VERIFY_RESIZE',
    vm.SHELVED: 'SHELVED',
    vm.SHELVED_OFFLOADED: 'SHELVED_OFFLOADED',
    vm.SOFT_DELETED: 'SOFT_DELETED',
    vm.STOPPED: 'SHUTOFF',
    vm.SUSPENDED: 'SUSPENDED',
}
WHILE_WORKING = frozenset({
    'HARD_REBOOT', 'MIGRATING', 'PASSWORD', 'REBOOT', 'REBUILD', 'RESIZE', 'REVERT_RESIZE'})
"""Statuses that tell of work on a server; one whose work is not known has none of them."""

WITH_PROGRESS = frozenset({'ACTIVE', 'BUILD', 'VERIFY_RESIZE'})
WITH_FAULT = frozenset({vm.ERROR, vm.DELETED})
"""The states in which the newest fault is shown."""


def status_of(vm_state):
    """Answer the status of a server in that state."""
    return STATUS[vm_state]


def is_known(status):
    """Answer whether there is such a status."""
    return status.upper() in WHILE_WORKING or bool(vm_states_of(status))


def vm_states_of(status):
    """Answer the states that a status stands for; none if there is no such status."""
    return [state for state, shown in STATUS.items() if shown == status.upper()]
