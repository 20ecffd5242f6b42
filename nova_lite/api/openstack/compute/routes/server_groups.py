# SPDX-License-Identifier: Apache-2.0
"""The addresses of server groups."""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import server_groups, targets
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import server_groups as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import server_groups as policies

GROUP = '/os-server-groups/{server_group_id}'

ROWS = (
    Route(method='GET', path='/os-server-groups', controller=server_groups.ServerGroups,
          handler='index', policy=policies.INDEX, query=schemas.QUERY,
          response=schemas.LIST_ANSWER),
    Route(method='POST', path='/os-server-groups', controller=server_groups.ServerGroups,
          handler='create', policy=policies.CREATE, body=schemas.CREATE,
          response=schemas.ONE_ANSWER),
    Route(method='GET', path=GROUP, controller=server_groups.ServerGroups, handler='show',
          policy=policies.SHOW, target=targets.server_group, response=schemas.ONE_ANSWER),
    Route(method='DELETE', path=GROUP, controller=server_groups.ServerGroups, handler='delete',
          policy=policies.DELETE, target=targets.server_group, status=parts.GONE,
          response=router.NO_CONTENT),
)
