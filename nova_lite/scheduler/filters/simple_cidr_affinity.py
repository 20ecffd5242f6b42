# SPDX-License-Identifier: Apache-2.0
"""The hints ``build_near_host_ip`` and ``cidr``: a host in the same network as an address."""

import functools
import ipaddress

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.filters import base

HINT, SIZE_HINT = 'build_near_host_ip', 'cidr'
DEFAULT_SIZE = '/24'
FAR_AWAY = base.Cause('cidr', 'is outside network', 'are outside network')


class SimpleCIDRAffinityFilter(base.Filter):
    """The address of the host's hypervisor is near the one that was named."""

    needs = frozenset({Fact.DETAILS})

    def concerns(self, request):
        return bool(request.hint(HINT))

    def why_not(self, request, host):
        """Look whether the host's address is in the network that the hints describe."""
        if not request.hint(HINT):
            return None
        (size,) = request.hint(SIZE_HINT)[:1] or [DEFAULT_SIZE]
        described = f'{request.hint(HINT)[0]}{size}'
        if _contains(described, host.details.host_ip):
            return None
        return base.Rejection(FAR_AWAY, detail=described)


@functools.lru_cache(maxsize=256)
def _network(described):
    return ipaddress.ip_network(described, strict=False)


def _contains(described, address):
    try:
        return ipaddress.ip_address(address or '') in _network(described)
    except ValueError:
        return False
