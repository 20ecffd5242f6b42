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
WITH_PROGRESS = frozenset({'ACTIVE', 'BUILD', 'VERIFY_RESIZE'})
WITH_FAULT = frozenset({vm.ERROR, vm.DELETED})
"""The states in which the newest fault is shown."""


def status_of(vm_state):
    """Answer the status of a server in that state."""
    return STATUS[vm_state]


def vm_states_of(status):
    """Answer the states that a status stands for; none if there is no such status."""
    return [state for state, shown in STATUS.items() if shown == status.upper()]
