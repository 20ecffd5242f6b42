# SPDX-License-Identifier: Apache-2.0
"""The addresses of hypervisors; those with a word of their own come before those with an id."""

from nova_lite.api.openstack.compute import hypervisors
from nova_lite.api.openstack.compute.schemas import hypervisors as schemas
from nova_lite.api.openstack.microversions import Feature
from nova_lite.api.openstack.router import Route
from nova_lite.policies import hypervisors as policies

ALL = '/os-hypervisors'
ONE = f'{ALL}/{{hypervisor_id}}'
BY_NAME = f'{ALL}/{{hypervisor_hostname_pattern}}'
NO_MATCH = (404,)
"""The code of a list of names of which there is none."""

ROWS = (
    Route(method='GET', path=ALL, controller=hypervisors.Hypervisors, handler='index',
          policy=policies.LIST, query=schemas.LIST_QUERY, response=schemas.LIST_ANSWER,
          errors=NO_MATCH),
    Route(method='GET', path=f'{ALL}/detail', controller=hypervisors.Hypervisors,
          handler='detail', policy=policies.DETAIL,
          query=schemas.LIST_QUERY, response=schemas.DETAIL_ANSWER, errors=NO_MATCH),
    Route(method='GET', path=f'{ALL}/statistics', controller=hypervisors.Hypervisors,
          handler='statistics', policy=policies.STATISTICS, until=Feature.HYPERVISOR_UPTIME,
          query=schemas.NO_QUERY, response=schemas.STATISTICS_ANSWER),
    Route(method='GET', path=ONE, controller=hypervisors.Hypervisors, handler='show',
          policy=policies.SHOW, query=schemas.SHOW_QUERY, response=schemas.SHOW_ANSWER),
    Route(method='GET', path=f'{ONE}/uptime', controller=hypervisors.Hypervisors,
          handler='uptime', policy=policies.UPTIME, until=Feature.HYPERVISOR_UPTIME,
          query=schemas.NO_QUERY, response=schemas.UPTIME_ANSWER),
    Route(method='GET', path=f'{BY_NAME}/search', controller=hypervisors.Hypervisors,
          handler='search', policy=policies.SEARCH, until=Feature.HYPERVISOR_UUID,
          response=schemas.SEARCH_ANSWER),
    Route(method='GET', path=f'{BY_NAME}/servers', controller=hypervisors.Hypervisors,
          handler='servers', policy=policies.SERVERS, until=Feature.HYPERVISOR_UUID,
          response=schemas.SERVERS_ANSWER),
)
