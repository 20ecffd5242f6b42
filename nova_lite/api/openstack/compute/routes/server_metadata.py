# SPDX-License-Identifier: Apache-2.0
"""The addresses of the metadata of servers."""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import server_metadata, targets
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import server_metadata as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import server_metadata as policies

ALL = f'{parts.SERVER}/metadata'
ITEM = f'{ALL}/{{key}}'
CONTROLLER = server_metadata.ServerMetadata

ROWS = (
    Route(method='GET', path=ALL, controller=CONTROLLER, handler='index',
          policy=policies.INDEX, target=targets.server, response=schemas.ALL_ANSWER),
    Route(method='POST', path=ALL, controller=CONTROLLER, handler='create',
          policy=policies.CREATE, target=targets.server, body=schemas.SET,
          response=schemas.ALL_ANSWER),
    Route(method='PUT', path=ALL, controller=CONTROLLER, handler='update_all',
          policy=policies.UPDATE_ALL, target=targets.server, body=schemas.SET,
          response=schemas.ALL_ANSWER),
    Route(method='GET', path=ITEM, controller=CONTROLLER, handler='show',
          policy=policies.SHOW, target=targets.server, response=schemas.ONE_ANSWER),
    Route(method='PUT', path=ITEM, controller=CONTROLLER, handler='update',
          policy=policies.UPDATE, target=targets.server, body=schemas.SET_ONE,
          response=schemas.ONE_ANSWER),
    Route(method='DELETE', path=ITEM, controller=CONTROLLER, handler='delete',
          policy=policies.DELETE, target=targets.server, status=parts.GONE,
          response=router.NO_CONTENT),
)
