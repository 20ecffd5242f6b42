# SPDX-License-Identifier: Apache-2.0
"""The hint ``same_host``: next to at least one of the servers that it names."""

from nova_lite.scheduler.filters import base

HINT = 'same_host'
ELSEWHERE = base.Cause('same_host', 'runs none of the servers of the hint same_host',
                       'run none of the servers of the hint same_host')


class SameHostFilter(base.Filter):
    """The host runs one of the named servers."""

    def why_not(self, request, host):
        """Look the named servers' hosts up."""
        wanted = request.hint(HINT)
        if wanted and not any(request.hosts_by_server.get(uuid) == host.host for uuid in wanted):
            return base.Rejection(ELSEWHERE)
        return None
