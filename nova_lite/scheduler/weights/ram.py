# SPDX-License-Identifier: Apache-2.0
"""Weight by free memory."""

import os_resource_classes as orc

from nova_lite.scheduler.weights import base


class RAMWeigher(base.Weigher):
    """Prefers hosts with much free memory."""

    option = 'ram_weight_multiplier'
    resource_class = orc.MEMORY_MB

    def figure(self, request, host):
        """Memory that may still be promised, in MB."""
        return host.free_memory_mb
