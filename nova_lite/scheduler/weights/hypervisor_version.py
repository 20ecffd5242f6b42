# SPDX-License-Identifier: Apache-2.0
"""Weight by the version of the hypervisor."""

from nova_lite.scheduler.weights import base


class HypervisorVersionWeigher(base.Weigher):
    """Prefers hosts with a newer hypervisor."""

    option = 'hypervisor_version_weight_multiplier'

    def figure(self, request, host):
        """The version as a number; hypervisors that report none count as the oldest."""
        return host.hypervisor_version or 0
