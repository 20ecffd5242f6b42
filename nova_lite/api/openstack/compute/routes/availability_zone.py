# SPDX-License-Identifier: Apache-2.0
"""The addresses of availability zones."""

from nova_lite.api.openstack.compute import availability_zone
from nova_lite.api.openstack.compute.schemas import availability_zone as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import availability_zone as policies

ROWS = (
    Route(method='GET', path='/os-availability-zone', handler='index',
          controller=availability_zone.AvailabilityZones,
          policy=policies.LIST, response=schemas.LIST_ANSWER),
    Route(method='GET', path='/os-availability-zone/detail', handler='detail',
          controller=availability_zone.AvailabilityZones,
          policy=policies.DETAIL, response=schemas.DETAIL_ANSWER),
)
