# SPDX-License-Identifier: Apache-2.0
"""The addresses of hosts; hypervisors and services took their place with 2.43."""

from nova_lite.api.openstack.compute import hosts
from nova_lite.api.openstack.compute.schemas import hosts as schemas
from nova_lite.api.openstack.microversions import Feature
from nova_lite.api.openstack.router import Route
from nova_lite.policies import hosts as policies

ALL = '/os-hosts'
HOST = f'{ALL}/{{host_name}}'
NO_DRIVER = (501,)
"""The code of what no hypervisor here does."""

ROWS = (
    Route(method='GET', path=ALL, controller=hosts.Hosts, handler='index',
          policy=policies.LIST, until=Feature.NO_HOSTS,
          query=schemas.QUERY, response=schemas.LIST_ANSWER),
    Route(method='GET', path=HOST, controller=hosts.Hosts, handler='show',
          policy=policies.SHOW, until=Feature.NO_HOSTS, response=schemas.SHOW_ANSWER),
    Route(method='PUT', path=HOST, controller=hosts.Hosts, handler='update',
          policy=policies.UPDATE, until=Feature.NO_HOSTS,
          body=schemas.UPDATE, response=schemas.UPDATE_ANSWER, errors=NO_DRIVER),
    Route(method='GET', path=f'{HOST}/startup', controller=hosts.Hosts, handler='startup',
          policy=policies.START, until=Feature.NO_HOSTS, response=schemas.POWER_ANSWER,
          errors=NO_DRIVER),
    Route(method='GET', path=f'{HOST}/shutdown', controller=hosts.Hosts, handler='shutdown',
          policy=policies.SHUTDOWN, until=Feature.NO_HOSTS, response=schemas.POWER_ANSWER,
          errors=NO_DRIVER),
    Route(method='GET', path=f'{HOST}/reboot', controller=hosts.Hosts, handler='reboot',
          policy=policies.REBOOT, until=Feature.NO_HOSTS, response=schemas.POWER_ANSWER,
          errors=NO_DRIVER),
)
