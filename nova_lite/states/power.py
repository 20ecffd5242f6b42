# SPDX-License-Identifier: Apache-2.0
"""``power_state``: what the hypervisor says of a guest. The numbers are Nova's API."""

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
