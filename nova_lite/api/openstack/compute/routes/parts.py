# SPDX-License-Identifier: Apache-2.0
"""What the tables of several resources name: codes of answers, addresses of servers."""

from nova_lite.api.openstack.microversions import Series

CREATED = Series(201)
ACCEPTED = Series(202)
GONE = Series(204)

SERVER = '/servers/{server_id}'
ACTION = f'{SERVER}/action'
