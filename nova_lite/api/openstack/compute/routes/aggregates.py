# SPDX-License-Identifier: Apache-2.0
"""The addresses of host aggregates."""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import aggregates
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import aggregates as schemas
from nova_lite.api.openstack.microversions import Feature
from nova_lite.api.openstack.router import Route
from nova_lite.policies import aggregates as policies

ALL = '/os-aggregates'
AGGREGATE = f'{ALL}/{{aggregate_id}}'
ACTION = f'{AGGREGATE}/action'
IMAGES = f'{AGGREGATE}/images'

ROWS = (
    Route(method='GET', path=ALL, controller=aggregates.Aggregates, handler='index',
          policy=policies.INDEX, response=schemas.LIST_ANSWER),
    Route(method='POST', path=ALL, controller=aggregates.Aggregates, handler='create',
          policy=policies.CREATE, body=schemas.CREATE, response=schemas.CREATE_ANSWER),
    Route(method='GET', path=AGGREGATE, controller=aggregates.Aggregates, handler='show',
          policy=policies.SHOW, response=schemas.ONE_ANSWER),
    Route(method='PUT', path=AGGREGATE, controller=aggregates.Aggregates, handler='update',
          policy=policies.UPDATE, body=schemas.UPDATE, response=schemas.ONE_ANSWER),
    Route(method='DELETE', path=AGGREGATE, controller=aggregates.Aggregates, handler='delete',
          policy=policies.DELETE, response=router.NO_CONTENT),
    Route(method='POST', path=ACTION, action='add_host', controller=aggregates.Aggregates,
          handler='add_host', policy=policies.ADD_HOST,
          body=schemas.ADD_HOST, response=schemas.ONE_ANSWER),
    Route(method='POST', path=ACTION, action='remove_host', controller=aggregates.Aggregates,
          handler='remove_host', policy=policies.REMOVE_HOST,
          body=schemas.REMOVE_HOST, response=schemas.ONE_ANSWER),
    Route(method='POST', path=ACTION, action='set_metadata', controller=aggregates.Aggregates,
          handler='set_metadata', policy=policies.SET_METADATA,
          body=schemas.SET_METADATA, response=schemas.ONE_ANSWER),
    Route(method='POST', path=IMAGES, controller=aggregates.Aggregates, handler='cache_images',
          policy=policies.CACHE_IMAGES, since=Feature.IMAGE_CACHING, status=parts.ACCEPTED,
          body=schemas.CACHE_IMAGES, response=router.NO_CONTENT),
)
