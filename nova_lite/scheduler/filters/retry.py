# SPDX-License-Identifier: Apache-2.0
"""The hosts on which the server was tried before."""

from nova_lite.scheduler.filters import base

TRIED = base.Cause('tried', 'was tried before', 'were tried before')


class RetryFilter(base.Filter):
    """A retry goes to a host that is new to the server, also if hosts were forced."""

    decisive = True

    def concerns(self, request):
        return bool(request.tried)

    def why_not(self, request, host):
        """Look the host up among those tried."""
        return base.Rejection(TRIED) if (host.host, host.node) in request.tried else None
