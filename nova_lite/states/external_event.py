# SPDX-License-Identifier: Apache-2.0
"""What other services tell of servers. The words are Nova's API."""

NETWORK_CHANGED = 'network-changed'
VIF_PLUGGED = 'network-vif-plugged'
VIF_UNPLUGGED = 'network-vif-unplugged'
VIF_DELETED = 'network-vif-deleted'
VOLUME_EXTENDED = 'volume-extended'
POWER_UPDATE = 'power-update'
ACCELERATOR_REQUEST_BOUND = 'accelerator-request-bound'
VOLUME_REIMAGED = 'volume-reimaged'

OF_NETWORKS = frozenset({NETWORK_CHANGED, VIF_PLUGGED, VIF_UNPLUGGED, VIF_DELETED})

COMPLETED = 'completed'
FAILED = 'failed'
IN_PROGRESS = 'in-progress'

POWER_ON = 'POWER_ON'
POWER_OFF = 'POWER_OFF'
"""Tags of a power update."""
