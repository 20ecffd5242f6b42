# SPDX-License-Identifier: Apache-2.0
"""The addresses of key pairs."""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import keypairs
from nova_lite.api.openstack.compute.schemas import keypairs as schemas
from nova_lite.api.openstack.microversions import Feature, Series
from nova_lite.api.openstack.router import Route
from nova_lite.policies import keypairs as policies

KEYPAIR = '/os-keypairs/{keypair_name}'

ROWS = (
    Route(method='GET', path='/os-keypairs', controller=keypairs.Keypairs, handler='index',
          policy=policies.INDEX, query=schemas.LIST_QUERY, response=schemas.LIST_ANSWER),
    Route(method='POST', path='/os-keypairs', controller=keypairs.Keypairs, handler='create',
          policy=policies.CREATE, status=Series(200, (Feature.KEYPAIR_TYPE, 201)),
          body=schemas.CREATE, response=schemas.CREATE_ANSWER),
    Route(method='GET', path=KEYPAIR, controller=keypairs.Keypairs, handler='show',
          policy=policies.SHOW, query=schemas.ONE_QUERY, response=schemas.SHOW_ANSWER),
    Route(method='DELETE', path=KEYPAIR, controller=keypairs.Keypairs, handler='delete',
          policy=policies.DELETE, status=Series(202, (Feature.KEYPAIR_TYPE, 204)),
          query=schemas.ONE_QUERY, response=router.NO_CONTENT),
)
