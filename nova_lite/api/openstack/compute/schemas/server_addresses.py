# SPDX-License-Identifier: Apache-2.0
"""Schemas of the addresses of servers."""

from nova_lite.api.openstack.compute.schemas import parts, servers

_BY_LABEL = servers.addresses_of(servers.PLAIN_ADDRESS)
ALL_ANSWER = parts.series(parts.closed({'addresses': _BY_LABEL}))
ONE_ANSWER = parts.series({**_BY_LABEL, 'minProperties': 1, 'maxProperties': 1})
