# SPDX-License-Identifier: Apache-2.0
"""The host's compute service works and takes new servers."""

from nova_lite.scheduler.filters import base

DISABLED = base.Cause('disabled', 'is disabled', 'are disabled')
FORCED_DOWN = base.Cause('forced_down', 'is forced down', 'are forced down')
DOWN = base.Cause('down', 'is down', 'are down')


class ComputeFilter(base.Filter):
    """The service is enabled, not forced down and was seen within its time to live.

    The database gives no other candidates; where all hosts are looked at, it
    is this filter that says what is wrong with them.
    """

    decisive = True

    def why_not(self, request, host):
        """Look at what the service's record says."""
        if host.disabled:
            return base.Rejection(DISABLED)
        if host.forced_down:
            return base.Rejection(FORCED_DOWN)
        return None if host.is_seen else base.Rejection(DOWN)
