# SPDX-License-Identifier: Apache-2.0
"""The hint ``different_host``: away from all the servers that it names."""

from nova_lite.scheduler.filters import base

HINT = 'different_host'
TOGETHER = base.Cause('different_host', 'runs a server of the hint different_host',
                      'run a server of the hint different_host')


class DifferentHostFilter(base.Filter):
    """The host runs none of the named servers."""

    def concerns(self, request):
        return bool(request.hint(HINT))

    def narrow(self, request, cut):
        """The hosts are known by name."""
        return cut.without(request.hosts_of_hint(HINT))

    def why_not(self, request, host):
        """Look the named servers' hosts up."""
        if host.host in request.hosts_of_hint(HINT):
            return base.Rejection(TOGETHER)
        return None
