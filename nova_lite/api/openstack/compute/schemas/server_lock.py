# SPDX-License-Identifier: Apache-2.0
"""Schemas of lock and unlock. Before there were reasons, nobody looked at what is below."""

from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature

REASON = {'type': 'string', 'minLength': 1, 'maxLength': 255}


def _has_reason(schema):
    schema['properties']['lock'] = {
        'type': ['object', 'null'], 'properties': {'locked_reason': REASON},
        'additionalProperties': False}


LOCK = parts.series(parts.closed({'lock': {}}), (Feature.LOCKED_REASON, _has_reason))
UNLOCK = parts.series(parts.closed({'unlock': {}}))
