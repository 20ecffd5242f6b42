# SPDX-License-Identifier: Apache-2.0
"""Schemas of the tags of servers."""

from nova_lite.api.openstack.compute.schemas import parts, servers

_TAGS = parts.closed({'tags': servers.TAGS})
REPLACE = parts.series(_TAGS)
ANSWER = parts.series(_TAGS)
