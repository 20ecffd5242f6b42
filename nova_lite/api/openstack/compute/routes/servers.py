# SPDX-License-Identifier: Apache-2.0
"""The addresses of servers.

The second one of the request to create one is of the time when booting from volumes was an
extension; clients use it still when a request has disks.
"""

import dataclasses

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import servers as controllers
from nova_lite.api.openstack.compute import targets
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import server_queries as queries
from nova_lite.api.openstack.compute.schemas import servers as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import servers as policies

CREATE = Route(
    method='POST', path='/servers', controller=controllers.Servers, handler='create',
    policy=policies.CREATE, status=parts.ACCEPTED, missing_is_bad_request=True,
    body=schemas.CREATE, response=schemas.CREATE_ANSWER, errors=(422,),
    request_headers={'Idempotency-Key': 'The same request may be sent again under it.'},
    response_headers={'Location': 'Where the server is.'})

ROWS = (
    Route(method='GET', path='/servers', controller=controllers.Servers, handler='index',
          policy=policies.INDEX,
          query=queries.QUERY, response=schemas.LIST_ANSWER),
    CREATE,
    dataclasses.replace(CREATE, path='/os-volumes_boot'),
    Route(method='GET', path='/servers/detail', controller=controllers.Servers, handler='detail',
          policy=policies.DETAIL,
          query=queries.QUERY, response=schemas.DETAIL_ANSWER),
    Route(method='GET', path=parts.SERVER, controller=controllers.Servers, handler='show',
          policy=policies.SHOW, target=targets.server,
          response=schemas.SHOW_ANSWER),
    Route(method='PUT', path=parts.SERVER, controller=controllers.Servers, handler='update',
          policy=policies.UPDATE, target=targets.server,
          body=schemas.UPDATE, response=schemas.UPDATE_ANSWER),
    Route(method='DELETE', path=parts.SERVER, controller=controllers.Servers, handler='delete',
          policy=policies.DELETE, target=targets.server, status=parts.GONE,
          response=router.NO_CONTENT),
)
