# SPDX-License-Identifier: Apache-2.0
"""Weight by builds that failed in a row on a host."""

from nova_lite.scheduler.weights import base


class BuildFailureWeigher(base.Weigher):
    """Avoids hosts where builds fail, until one succeeds."""

    option = 'build_failure_weight_multiplier'

    def figure(self, request, host):
        """Failed builds, negative: the option is positive and means avoiding."""
        return -host.failed_builds
