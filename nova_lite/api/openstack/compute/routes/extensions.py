# SPDX-License-Identifier: Apache-2.0
"""The addresses of extensions."""

from nova_lite.api.openstack.compute import extensions
from nova_lite.api.openstack.compute.schemas import extensions as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import extensions as policies

ROWS = (
    Route(method='GET', path='/extensions', controller=extensions.Extensions, handler='index',
          policy=policies.LIST, response=schemas.LIST_ANSWER),
    Route(method='GET', path='/extensions/{alias}', controller=extensions.Extensions,
          handler='show', policy=policies.LIST, response=schemas.SHOW_ANSWER),
)
