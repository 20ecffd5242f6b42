# SPDX-License-Identifier: Apache-2.0
"""``task_state``: what is being done to a server right now; None when nothing is."""

SCHEDULING = 'scheduling'
NETWORKING = 'networking'
BLOCK_DEVICE_MAPPING = 'block_device_mapping'
SPAWNING = 'spawning'
DELETING = 'deleting'

ALL = frozenset({SCHEDULING, NETWORKING, BLOCK_DEVICE_MAPPING, SPAWNING, DELETING})
