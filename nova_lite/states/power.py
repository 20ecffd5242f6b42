# SPDX-License-Identifier: Apache-2.0
"""``power_state``: what the hypervisor says of a guest. The numbers are Nova's API."""

from nova_lite.states import vm

NOSTATE = 0
RUNNING = 1
PAUSED = 3
SHUTDOWN = 4
CRASHED = 6
SUSPENDED = 7

NAMES = {
    NOSTATE: 'pending',
    RUNNING: 'running',
    PAUSED: 'paused',
    SHUTDOWN: 'shutdown',
    CRASHED: 'crashed',
    SUSPENDED: 'suspended',
}

OFF = frozenset({NOSTATE, SHUTDOWN, CRASHED})


def vm_state_after(vm_state, power_state):
    """Answer the ``vm_state`` of a server whose guest was seen in ``power_state``.

    Pure. A guest that ended by itself is a stopped server, one that was paused
    or started behind our back is recorded as such; an error stays an error
    until somebody looks.
    """
    seen = {
        (vm.ACTIVE, SHUTDOWN): vm.STOPPED,
        (vm.ACTIVE, CRASHED): vm.STOPPED,
        (vm.ACTIVE, PAUSED): vm.PAUSED,
        (vm.PAUSED, RUNNING): vm.ACTIVE,
        (vm.PAUSED, SHUTDOWN): vm.STOPPED,
        (vm.STOPPED, RUNNING): vm.ACTIVE,
        (vm.STOPPED, PAUSED): vm.PAUSED,
        (vm.SUSPENDED, RUNNING): vm.ACTIVE,
    }
    return seen.get((vm_state, power_state), vm_state)
