# SPDX-License-Identifier: Apache-2.0
"""The hosts that a request names, and those that it must not go to."""

from nova_lite.scheduler.filters import base

NOT_ASKED_FOR = base.Cause('not_asked_for', 'is not what was asked for',
                           'are not what was asked for')
IGNORED = base.Cause('ignored', 'is to be avoided', 'are to be avoided')


class DestinationFilter(base.Filter):
    """The host is one of those that may be considered at all; the cut has the same names."""

    decisive = True

    def concerns(self, request):
        return bool(request.hosts or request.nodes or request.ignored_hosts)

    def why_not(self, request, host):
        """Compare names."""
        if request.hosts and host.host not in request.hosts:
            return base.Rejection(NOT_ASKED_FOR)
        if request.nodes and host.node not in request.nodes:
            return base.Rejection(NOT_ASKED_FOR)
        if host.host in request.ignored_hosts:
            return base.Rejection(IGNORED)
        return None
