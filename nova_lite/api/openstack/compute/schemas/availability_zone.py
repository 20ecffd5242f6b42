# SPDX-License-Identifier: Apache-2.0
"""Schemas of availability zones."""

from nova_lite.api.openstack.compute.schemas import parts

_SERVICE = parts.closed({'active': parts.BOOLEAN, 'available': parts.BOOLEAN,
                         'updated_at': parts.FINE_MOMENT_OR_NULL})


def _by_name(schema):
    return {'type': 'object', 'additionalProperties': schema}


def _zones(hosts):
    return parts.series(parts.closed({'availabilityZoneInfo': parts.array_of(parts.closed({
        'zoneName': parts.TEXT, 'zoneState': parts.closed({'available': parts.BOOLEAN}),
        'hosts': hosts}))}))


LIST_ANSWER = _zones({'type': 'null'})
DETAIL_ANSWER = _zones({'oneOf': [{'type': 'null'}, _by_name(_by_name(_SERVICE))]})
