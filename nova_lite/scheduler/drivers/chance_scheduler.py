# SPDX-License-Identifier: Apache-2.0
"""Any host will do that works and has room."""

import random

from nova_lite.scheduler import filters
from nova_lite.scheduler.drivers import base


class ChanceScheduler(base.Driver):
    """Chooses blindly, which spreads servers evenly over equal hosts."""

    def __init__(self):
        self._filters = filters.demanded()

    def filters_for(self, request):
        """Only what a claim demands."""
        return self._filters

    def best_first(self, request, hosts):
        """Mix."""
        return random.sample(hosts, len(hosts))
