# SPDX-License-Identifier: Apache-2.0
"""Schemas of extensions."""

from nova_lite.api.openstack.compute.schemas import parts

_EXTENSION = parts.closed({
    'alias': parts.TEXT, 'name': parts.TEXT, 'description': parts.TEXT, 'namespace': parts.TEXT,
    'updated': parts.MOMENT, 'links': parts.array_of({}, maxItems=0)})

LIST_ANSWER = parts.series(parts.closed({'extensions': parts.array_of(_EXTENSION)}))
SHOW_ANSWER = parts.series(parts.closed({'extension': _EXTENSION}))
