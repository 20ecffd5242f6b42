# SPDX-License-Identifier: Apache-2.0
"""The address of events that other services tell of servers."""

from nova_lite.api.openstack.compute import server_external_events as controllers
from nova_lite.api.openstack.compute.schemas import server_external_events as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import server_external_events as policies

ROWS = (
    Route(method='POST', path='/os-server-external-events', handler='create',
          controller=controllers.ServerExternalEvents, policy=policies.CREATE,
          unchanged=controllers.PARTLY, errors=(404,),
          body=schemas.CREATE, response=schemas.CREATE_ANSWER),
)
