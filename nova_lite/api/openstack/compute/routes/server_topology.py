# SPDX-License-Identifier: Apache-2.0
"""The address of a server's NUMA topology, since 2.78."""

from nova_lite.api.openstack.compute import server_topology, targets
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import server_topology as schemas
from nova_lite.api.openstack.microversions import Feature
from nova_lite.api.openstack.router import Route
from nova_lite.policies import server_topology as policies

ROWS = (
    Route(method='GET', path=f'{parts.SERVER}/topology',
          controller=server_topology.ServerTopology, handler='index', policy=policies.INDEX,
          target=targets.server, since=Feature.SERVER_TOPOLOGY, response=schemas.ANSWER),
)
