# SPDX-License-Identifier: Apache-2.0
"""The addresses of services."""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import services
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import services as schemas
from nova_lite.api.openstack.microversions import Feature
from nova_lite.api.openstack.router import Route
from nova_lite.policies import services as policies

SERVICE = '/os-services/{service_id}'
NO_SERVICE = (404,)
"""The code of a body that names a service which is not there."""

BY_ADDRESS = (
    Route(method='PUT', path='/os-services/enable', controller=services.Services,
          handler='enable', policy=policies.UPDATE, until=Feature.SERVICE_UUID,
          body=schemas.BY_ADDRESS, response=schemas.STATUS_ANSWER, errors=NO_SERVICE),
    Route(method='PUT', path='/os-services/disable', controller=services.Services,
          handler='disable', policy=policies.UPDATE, until=Feature.SERVICE_UUID,
          body=schemas.BY_ADDRESS, response=schemas.STATUS_ANSWER, errors=NO_SERVICE),
    Route(method='PUT', path='/os-services/disable-log-reason', controller=services.Services,
          handler='disable_log_reason', policy=policies.UPDATE, until=Feature.SERVICE_UUID,
          body=schemas.DISABLE_WITH_REASON, response=schemas.REASON_ANSWER, errors=NO_SERVICE),
    Route(method='PUT', path='/os-services/force-down', controller=services.Services,
          handler='force_down', policy=policies.UPDATE,
          since=Feature.FORCED_DOWN, until=Feature.SERVICE_UUID,
          body=schemas.FORCE_DOWN, response=schemas.FORCE_DOWN_ANSWER, errors=NO_SERVICE),
)

ROWS = (
    Route(method='GET', path='/os-services', controller=services.Services, handler='index',
          policy=policies.LIST, query=schemas.QUERY, response=schemas.LIST_ANSWER),
    *BY_ADDRESS,
    Route(method='PUT', path=SERVICE, controller=services.Services, handler='update',
          policy=policies.UPDATE, since=Feature.SERVICE_UUID,
          body=schemas.UPDATE, response=schemas.UPDATE_ANSWER),
    Route(method='DELETE', path=SERVICE, controller=services.Services, handler='delete',
          policy=policies.DELETE, status=parts.GONE, response=router.NO_CONTENT),
)
