# SPDX-License-Identifier: Apache-2.0
"""Schemas of services."""

from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature

REASON = {'type': 'string', 'minLength': 1, 'maxLength': 255,
          'pattern': r'\A\s*[^\s\x00-\x1f\x7f][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*\Z',
          'description': 'A reason must have printable characters, and no control characters but '
                         'tabs and ends of lines.'}
STATUS = {'type': 'string', 'enum': ['enabled', 'disabled']}
ADDRESS = {
    'host': {'type': 'string', 'minLength': 1, 'maxLength': 255,
             'pattern': r'\A[a-zA-Z0-9._-]*\Z'},
    'binary': {'type': 'string', 'minLength': 1, 'maxLength': 255}}
"""How services were named before they had a UUID."""

BY_ADDRESS = parts.series(parts.closed(ADDRESS))
DISABLE_WITH_REASON = parts.series(parts.closed({**ADDRESS, 'disabled_reason': REASON}))
FORCE_DOWN = parts.series(parts.closed({**ADDRESS, 'forced_down': parts.FLAG}))
UPDATE = parts.series(parts.some_of({
    'status': STATUS, 'disabled_reason': REASON, 'forced_down': parts.FLAG}))

QUERY = parts.series(
    parts.query_of({'host': parts.parameter(maxLength=255),
                    'binary': parts.parameter(maxLength=255)}),
    (Feature.STRICT_QUERIES, parts.without_unknown),
)

_SERVICE = parts.closed({
    'id': parts.INTEGER, 'binary': parts.TEXT, 'host': parts.TEXT, 'zone': parts.TEXT,
    'status': STATUS, 'state': {'enum': ['up', 'down']},
    'disabled_reason': parts.TEXT_OR_NULL, 'updated_at': parts.FINE_MOMENT_OR_NULL})


def _each(change):
    """Apply a change to the service in an answer with one or with a list of them."""
    def to_answer(schema):
        properties = schema['properties']
        change(properties['service'] if 'service' in properties
               else properties['services']['items'])
    return to_answer


def _has_forced_down(service):
    service['properties']['forced_down'] = parts.BOOLEAN
    service['required'] = [*service['required'], 'forced_down']


def _has_uuid(service):
    service['properties']['id'] = parts.UUID


_CHANGES = (
    (Feature.FORCED_DOWN, _each(_has_forced_down)),
    (Feature.SERVICE_UUID, _each(_has_uuid)),
)

LIST_ANSWER = parts.series(
    parts.closed({'services': parts.array_of(_SERVICE)}), *_CHANGES)
UPDATE_ANSWER = parts.series(parts.closed({'service': _SERVICE}), *_CHANGES)


def _changed(**more):
    return parts.series(parts.closed({'service': parts.closed(
        {'host': parts.TEXT, 'binary': parts.TEXT, **more})}))


STATUS_ANSWER = _changed(status=STATUS)
REASON_ANSWER = _changed(status=STATUS, disabled_reason=parts.TEXT)
FORCE_DOWN_ANSWER = _changed(forced_down=parts.BOOLEAN)
