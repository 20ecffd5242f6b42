# SPDX-License-Identifier: Apache-2.0
"""The address of the summary of limits."""

from nova_lite.api.openstack.compute import limits
from nova_lite.api.openstack.compute.schemas import limits as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import limits as policies

ROWS = (
    Route(method='GET', path='/limits', controller=limits.Limits, handler='index',
          policy=policies.INDEX, query=schemas.QUERY, response=schemas.ANSWER),
)
