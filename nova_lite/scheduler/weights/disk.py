# SPDX-License-Identifier: Apache-2.0
"""Weight by free disk."""

import os_resource_classes as orc

from nova_lite.scheduler.weights import base


class DiskWeigher(base.Weigher):
    """Prefers hosts with much free disk."""

    option = 'disk_weight_multiplier'
    resource_class = orc.DISK_GB

    def figure(self, request, host):
        """Disk that may still be promised and is really there, in GB."""
        return host.free_disk_gb
