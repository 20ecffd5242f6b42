# SPDX-License-Identifier: Apache-2.0
"""The addresses of instance actions; since 2.21 deleted servers have them too."""

from nova_lite.api.openstack.compute import instance_actions, targets
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import instance_actions as schemas
from nova_lite.api.openstack.microversions import Feature
from nova_lite.api.openstack.router import Route
from nova_lite.policies import instance_actions as policies

ACTIONS = f'{parts.SERVER}/os-instance-actions'
ACTION = f'{ACTIONS}/{{request_id}}'
CONTROLLER = instance_actions.InstanceActions

ROWS = (
    Route(method='GET', path=ACTIONS, controller=CONTROLLER, handler='index',
          policy=policies.LIST, target=targets.server, until=Feature.ACTIONS_OF_DELETED,
          query=schemas.LIST_QUERY, response=schemas.LIST_ANSWER),
    Route(method='GET', path=ACTIONS, controller=CONTROLLER, handler='index',
          policy=policies.LIST, target=targets.server_or_deleted,
          since=Feature.ACTIONS_OF_DELETED,
          query=schemas.LIST_QUERY, response=schemas.LIST_ANSWER),
    Route(method='GET', path=ACTION, controller=CONTROLLER, handler='show',
          policy=policies.SHOW, target=targets.server, until=Feature.ACTIONS_OF_DELETED,
          response=schemas.SHOW_ANSWER),
    Route(method='GET', path=ACTION, controller=CONTROLLER, handler='show',
          policy=policies.SHOW, target=targets.server_or_deleted,
          since=Feature.ACTIONS_OF_DELETED, response=schemas.SHOW_ANSWER),
)
