# SPDX-License-Identifier: Apache-2.0
"""Schemas of what tokens of consoles lead to."""

from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature


def _has_tls_port(schema):
    console = schema['properties']['console']
    console['properties']['tls_port'] = {'type': ['integer', 'null']}
    console['required'] = [*console['required'], 'tls_port']


ANSWER = parts.series(
    parts.closed({'console': parts.closed({
        'instance_uuid': parts.UUID, 'host': parts.TEXT, 'port': parts.COUNT,
        'internal_access_path': parts.TEXT_OR_NULL})}),
    (Feature.CONSOLE_TLS_PORT, _has_tls_port),
)
