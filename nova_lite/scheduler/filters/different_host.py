# SPDX-License-Identifier: Apache-2.0
"""The hint ``different_host``: away from all the servers that it names."""

from nova_lite.scheduler.filters import base

HINT = 'different_host'
TOGETHER = base.Cause('different_host', 'runs a server of the hint different_host',
                      'run a server of the hint different_host')


class DifferentHostFilter(base.Filter):
    """The host runs none of the named servers."""

    def why_not(self, request, host):
        """Look the named servers' hosts up."""
        if any(request.hosts_by_server.get(uuid) == host.host for uuid in request.hint(HINT)):
            return base.Rejection(TOGETHER)
        return None
