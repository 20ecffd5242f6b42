# SPDX-License-Identifier: Apache-2.0
"""The addresses of the API that tell the addresses of servers."""

from nova_lite.api.openstack.compute import server_addresses, targets
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import server_addresses as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import server_addresses as policies

ALL = f'{parts.SERVER}/ips'
CONTROLLER = server_addresses.ServerAddresses

ROWS = (
    Route(method='GET', path=ALL, controller=CONTROLLER, handler='index',
          policy=policies.INDEX, target=targets.server, response=schemas.ALL_ANSWER),
    Route(method='GET', path=f'{ALL}/{{network_label}}', controller=CONTROLLER, handler='show',
          policy=policies.SHOW, target=targets.server, response=schemas.ONE_ANSWER),
)
