# SPDX-License-Identifier: Apache-2.0
"""The addresses of networks, until 2.36."""

from nova_lite.api.openstack.compute import networks
from nova_lite.api.openstack.compute.schemas import networks as schemas
from nova_lite.api.openstack.microversions import Feature
from nova_lite.api.openstack.router import Route
from nova_lite.policies import networks as policies

ROWS = (
    Route(method='GET', path='/os-networks', controller=networks.Networks, handler='index',
          policy=policies.LIST, until=Feature.NO_PROXIES, response=schemas.LIST_ANSWER),
    Route(method='GET', path='/os-networks/{network_id}', controller=networks.Networks,
          handler='show', policy=policies.SHOW, until=Feature.NO_PROXIES,
          response=schemas.SHOW_ANSWER),
    Route(method='GET', path='/os-tenant-networks', controller=networks.Networks,
          handler='tenant_index', policy=policies.TENANT_LIST, until=Feature.NO_PROXIES,
          response=schemas.BRIEF_LIST_ANSWER),
    Route(method='GET', path='/os-tenant-networks/{network_id}', controller=networks.Networks,
          handler='tenant_show', policy=policies.TENANT_SHOW, until=Feature.NO_PROXIES,
          response=schemas.BRIEF_SHOW_ANSWER),
)
