# SPDX-License-Identifier: Apache-2.0
"""Schemas of passwords that guests have made for themselves."""

from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.db.models import password

SHOW_ANSWER = parts.series(parts.closed(
    {'password': {'type': 'string', 'maxLength': password.MAX_LENGTH}}))
