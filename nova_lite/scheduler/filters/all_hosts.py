# SPDX-License-Identifier: Apache-2.0
"""No condition at all."""

from nova_lite.scheduler.filters import base


class AllHostsFilter(base.Filter):
    """Every host passes; the name is there for configurations that have it."""

    def concerns(self, request):
        return False

    def why_not(self, request, host):
        """Nothing stands against any host."""
        return
