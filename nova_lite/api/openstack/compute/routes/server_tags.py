# SPDX-License-Identifier: Apache-2.0
"""The addresses of the tags of servers, since 2.26."""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import server_tags, targets
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import server_tags as schemas
from nova_lite.api.openstack.microversions import Feature
from nova_lite.api.openstack.router import Route
from nova_lite.policies import server_tags as policies

ALL = f'{parts.SERVER}/tags'
TAG = f'{ALL}/{{tag}}'
CONTROLLER = server_tags.ServerTags

ROWS = (
    Route(method='GET', path=ALL, controller=CONTROLLER, handler='index',
          policy=policies.INDEX, target=targets.server, since=Feature.SERVER_TAGS,
          response=schemas.ANSWER),
    Route(method='PUT', path=ALL, controller=CONTROLLER, handler='update_all',
          policy=policies.UPDATE_ALL, target=targets.server, since=Feature.SERVER_TAGS,
          body=schemas.REPLACE, response=schemas.ANSWER),
    Route(method='DELETE', path=ALL, controller=CONTROLLER, handler='delete_all',
          policy=policies.DELETE_ALL, target=targets.server, since=Feature.SERVER_TAGS,
          status=parts.GONE, response=router.NO_CONTENT),
    Route(method='GET', path=TAG, controller=CONTROLLER, handler='show',
          policy=policies.SHOW, target=targets.server, since=Feature.SERVER_TAGS,
          status=parts.GONE, response=router.NO_CONTENT),
    Route(method='PUT', path=TAG, controller=CONTROLLER, handler='update',
          policy=policies.UPDATE, target=targets.server, since=Feature.SERVER_TAGS,
          status=parts.CREATED, unchanged=server_tags.THERE_ALREADY, response=router.NO_CONTENT,
          response_headers={'Location': 'Where the tag is, if it is new.'}),
    Route(method='DELETE', path=TAG, controller=CONTROLLER, handler='delete',
          policy=policies.DELETE, target=targets.server, since=Feature.SERVER_TAGS,
          status=parts.GONE, response=router.NO_CONTENT),
)
