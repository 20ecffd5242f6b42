# SPDX-License-Identifier: Apache-2.0
"""The addresses of flavors, of their extra specs and of who may use them."""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import flavor_access, flavor_extra_specs, flavors
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import flavor_access as access_schemas
from nova_lite.api.openstack.compute.schemas import flavor_extra_specs as spec_schemas
from nova_lite.api.openstack.compute.schemas import flavors as schemas
from nova_lite.api.openstack.microversions import Feature
from nova_lite.api.openstack.router import Route
from nova_lite.policies import flavors as policies

FLAVOR = '/flavors/{flavor_id}'
SPECS = f'{FLAVOR}/os-extra_specs'
SPEC = f'{SPECS}/{{key}}'

FLAVORS = (
    Route(method='GET', path='/flavors', controller=flavors.Flavors, handler='index',
          policy=policies.INDEX, query=schemas.QUERY, response=schemas.LIST_ANSWER),
    Route(method='POST', path='/flavors', controller=flavors.Flavors, handler='create',
          policy=policies.CREATE, body=schemas.CREATE, response=schemas.ONE_ANSWER),
    Route(method='GET', path='/flavors/detail', controller=flavors.Flavors, handler='detail',
          policy=policies.DETAIL, query=schemas.QUERY, response=schemas.DETAIL_ANSWER),
    Route(method='GET', path=FLAVOR, controller=flavors.Flavors, handler='show',
          policy=policies.SHOW, query=schemas.ONE_QUERY, response=schemas.ONE_ANSWER),
    Route(method='PUT', path=FLAVOR, controller=flavors.Flavors, handler='update',
          policy=policies.UPDATE, since=Feature.FLAVOR_DESCRIPTION,
          body=schemas.UPDATE, response=schemas.ONE_ANSWER),
    Route(method='DELETE', path=FLAVOR, controller=flavors.Flavors, handler='delete',
          policy=policies.DELETE, status=parts.ACCEPTED, response=router.NO_CONTENT),
)

EXTRA_SPECS = (
    Route(method='GET', path=SPECS, controller=flavor_extra_specs.FlavorExtraSpecs,
          handler='index', policy=policies.SPECS_INDEX, response=spec_schemas.ALL_ANSWER),
    Route(method='POST', path=SPECS, controller=flavor_extra_specs.FlavorExtraSpecs,
          handler='create', policy=policies.SPECS_CREATE,
          body=spec_schemas.CREATE, response=spec_schemas.ALL_ANSWER),
    Route(method='GET', path=SPEC, controller=flavor_extra_specs.FlavorExtraSpecs,
          handler='show', policy=policies.SPECS_SHOW, response=spec_schemas.ONE_ANSWER),
    Route(method='PUT', path=SPEC, controller=flavor_extra_specs.FlavorExtraSpecs,
          handler='update', policy=policies.SPECS_UPDATE,
          body=spec_schemas.UPDATE, response=spec_schemas.ONE_ANSWER),
    Route(method='DELETE', path=SPEC, controller=flavor_extra_specs.FlavorExtraSpecs,
          handler='delete', policy=policies.SPECS_DELETE, response=router.NO_CONTENT),
)

ACCESS = (
    Route(method='GET', path=f'{FLAVOR}/os-flavor-access', controller=flavor_access.FlavorAccess,
          handler='index', policy=policies.ACCESS_LIST, response=access_schemas.ANSWER),
    Route(method='POST', path=f'{FLAVOR}/action', action='addTenantAccess',
          controller=flavor_access.FlavorAccess, handler='add', policy=policies.ACCESS_ADD,
          body=access_schemas.ADD, response=access_schemas.ANSWER),
    Route(method='POST', path=f'{FLAVOR}/action', action='removeTenantAccess',
          controller=flavor_access.FlavorAccess, handler='remove',
          policy=policies.ACCESS_REMOVE, body=access_schemas.REMOVE,
          response=access_schemas.ANSWER),
)

ROWS = (*FLAVORS, *EXTRA_SPECS, *ACCESS)
