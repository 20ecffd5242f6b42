# SPDX-License-Identifier: Apache-2.0
"""Schemas of the tags of servers."""

from nova_lite.api.openstack.compute.schemas import parts, servers
from nova_lite.compute.requests import tags

_TAGS = parts.closed({'tags': parts.array_of(servers.TAG, maxItems=tags.MOST)})
REPLACE = parts.series(_TAGS)
ANSWER = parts.series(_TAGS)
