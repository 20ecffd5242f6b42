# SPDX-License-Identifier: Apache-2.0
"""How a server's processors and memory lie on NUMA nodes, since 2.78.

The router has loaded the server as ``request.target``.
"""

from nova_lite.api.openstack import router
from nova_lite.policies import enforcement
from nova_lite.policies import server_topology as policies

OF_SERVER = ('memory_mb', 'siblings', 'vcpu_set')
OF_HOST = ('cpu_pinning', 'host_node')

NONE = {'cells': (), 'pagesize_kb': None}
"""Of a server that has no NUMA nodes of its own."""


class ServerTopology:
    """``/servers/{server_id}/topology``."""

    def index(self, request, server_id):
        """Show the NUMA topology of a server."""
        shown = OF_SERVER
        if enforcement.allows(request.context, policies.HOST_INDEX,
                              router.owner_of(request.target)):
            shown = (*OF_SERVER, *OF_HOST)
        topology = request.target['numa_topology'] or NONE
        return {'nodes': [{name: cell[name] for name in shown} for cell in topology['cells']],
                'pagesize_kb': topology['pagesize_kb']}
