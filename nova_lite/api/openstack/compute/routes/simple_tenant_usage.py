# SPDX-License-Identifier: Apache-2.0
"""The addresses of what projects have used."""

from nova_lite.api.openstack.compute import simple_tenant_usage, targets
from nova_lite.api.openstack.compute.schemas import simple_tenant_usage as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import simple_tenant_usage as policies

ALL = '/os-simple-tenant-usage'

ROWS = (
    Route(method='GET', path=ALL, handler='index',
          controller=simple_tenant_usage.SimpleTenantUsage,
          policy=policies.LIST, query=schemas.LIST_QUERY, response=schemas.LIST_ANSWER),
    Route(method='GET', path=f'{ALL}/{{tenant_id}}', handler='show',
          controller=simple_tenant_usage.SimpleTenantUsage, target=targets.project,
          policy=policies.SHOW, query=schemas.SHOW_QUERY, response=schemas.SHOW_ANSWER),
)
