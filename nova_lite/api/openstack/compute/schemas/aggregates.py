# SPDX-License-Identifier: Apache-2.0
"""Schemas of host aggregates."""

from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature

ZONE = {**parts.NAME, 'type': ['string', 'null'],
        'pattern': parts.NAME['pattern'].replace('[^', '[^:', 1),
        'description': parts.NAME['description'].replace('characters.', 'characters except :.', 1)}
"""Without a colon, which in a create request is what follows a zone's name; or none."""

HOST = {'type': 'string', 'minLength': 1, 'maxLength': 255, 'pattern': r'\A[a-zA-Z0-9._-]*\Z'}
PAIRS = {
    'type': 'object',
    'patternProperties': {
        r'\A[a-zA-Z0-9\-_:. ]{1,255}\Z': {'type': ['string', 'null'], 'maxLength': 255}},
    'additionalProperties': False,
    validation.DISTINCT_NAMES: True,
}
"""Null removes a key."""

CREATE = parts.series(parts.closed({'aggregate': parts.closed({
    'name': parts.NAME, 'availability_zone': ZONE}, optional=('availability_zone',))}))
UPDATE = parts.series(parts.closed({'aggregate': {**parts.some_of({
    'name': parts.NAME, 'availability_zone': ZONE}), 'minProperties': 1}}))
ADD_HOST = parts.series(parts.closed({'add_host': parts.closed({'host': HOST})}))
REMOVE_HOST = parts.series(parts.closed({'remove_host': parts.closed({'host': HOST})}))
SET_METADATA = parts.series(parts.closed({'set_metadata': parts.closed({'metadata': PAIRS})}))
CACHE_IMAGES = parts.series(parts.closed({'cache': parts.array_of(
    parts.closed({'id': parts.UUID}), minItems=1, uniqueItems=True)}))

_MADE = {
    'id': parts.INTEGER, 'name': parts.TEXT, 'availability_zone': parts.TEXT_OR_NULL,
    'created_at': parts.FINE_MOMENT_OR_NULL, 'updated_at': parts.FINE_MOMENT_OR_NULL,
    'deleted': parts.BOOLEAN, 'deleted_at': {'type': 'null'}}
_WHOLE = {**_MADE, 'hosts': parts.array_of(parts.TEXT),
          'metadata': {'type': 'object', 'additionalProperties': parts.TEXT}}


def _with_uuid(schema):
    properties = schema['properties']
    aggregate = properties.get('aggregate') or properties['aggregates']['items']
    aggregate['properties']['uuid'] = parts.UUID
    aggregate['required'].append('uuid')


_CHANGE = (Feature.AGGREGATE_UUID, _with_uuid)

CREATE_ANSWER = parts.series(parts.closed({'aggregate': parts.closed(_MADE)}), _CHANGE)
ONE_ANSWER = parts.series(parts.closed({'aggregate': parts.closed(_WHOLE)}), _CHANGE)
LIST_ANSWER = parts.series(
    parts.closed({'aggregates': parts.array_of(parts.closed(_WHOLE))}), _CHANGE)
