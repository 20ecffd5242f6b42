# SPDX-License-Identifier: Apache-2.0
"""The hint ``same_host``: next to at least one of the servers that it names."""

from nova_lite.scheduler.filters import base

HINT = 'same_host'
ELSEWHERE = base.Cause('same_host', 'runs none of the servers of the hint same_host',
                       'run none of the servers of the hint same_host')


class SameHostFilter(base.Filter):
    """The host runs one of the named servers."""

    def concerns(self, request):
        return bool(request.hint(HINT))

    def narrow(self, request, cut):
        """The hosts are known by name."""
        return cut.only(request.hosts_of_hint(HINT))

    def why_not(self, request, host):
        """Look the named servers' hosts up."""
        if request.hint(HINT) and host.host not in request.hosts_of_hint(HINT):
            return base.Rejection(ELSEWHERE)
        return None
