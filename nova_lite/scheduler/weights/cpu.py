# SPDX-License-Identifier: Apache-2.0
"""Weight by free virtual CPUs."""

import os_resource_classes as orc

from nova_lite.scheduler.weights import base


class CPUWeigher(base.Weigher):
    """Prefers hosts with many free CPUs."""

    option = 'cpu_weight_multiplier'
    resource_class = orc.VCPU

    def figure(self, request, host):
        """CPUs that may still be promised."""
        return host.free_vcpus
