# SPDX-License-Identifier: Apache-2.0
"""The addresses of quotas of projects and of users in them."""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import quota_sets, targets
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import quotas as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import quota_sets as policies

QUOTAS = '/os-quota-sets/{tenant_id}'

ROWS = (
    Route(method='GET', path=QUOTAS, controller=quota_sets.QuotaSets, handler='show',
          policy=policies.SHOW, target=targets.project, query=schemas.USER_QUERY,
          response=schemas.SHOW_ANSWER),
    Route(method='PUT', path=QUOTAS, controller=quota_sets.QuotaSets, handler='update',
          policy=policies.UPDATE, target=targets.project, query=schemas.USER_QUERY,
          body=schemas.UPDATE, response=schemas.UPDATE_ANSWER),
    Route(method='DELETE', path=QUOTAS, controller=quota_sets.QuotaSets, handler='delete',
          policy=policies.DELETE, target=targets.project, query=schemas.USER_QUERY,
          status=parts.ACCEPTED, response=router.NO_CONTENT),
    Route(method='GET', path=f'{QUOTAS}/defaults', controller=quota_sets.QuotaSets,
          handler='defaults', policy=policies.DEFAULTS, target=targets.project,
          response=schemas.SHOW_ANSWER),
    Route(method='GET', path=f'{QUOTAS}/detail', controller=quota_sets.QuotaSets,
          handler='detail', policy=policies.DETAIL, target=targets.project,
          query=schemas.USER_QUERY, response=schemas.DETAIL_ANSWER),
)
