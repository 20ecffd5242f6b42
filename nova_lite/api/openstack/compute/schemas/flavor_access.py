# SPDX-License-Identifier: Apache-2.0
"""Schemas of who may use a flavor."""

from nova_lite.api.openstack.compute.schemas import parts

_PROJECT = parts.closed({'tenant': {
    'type': 'string', 'minLength': 1, 'maxLength': 255, 'pattern': r'\A[a-zA-Z0-9\-]+\Z'}})

ADD = parts.series(parts.closed({'addTenantAccess': _PROJECT}))
REMOVE = parts.series(parts.closed({'removeTenantAccess': _PROJECT}))
ANSWER = parts.series(parts.closed({'flavor_access': parts.array_of(
    parts.closed({'flavor_id': parts.TEXT, 'tenant_id': parts.TEXT}))}))
