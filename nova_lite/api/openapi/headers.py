# SPDX-License-Identifier: Apache-2.0
"""The headers that every request may have, and those that every answer has."""

from oslo_middleware import request_id as oslo_request_id

from nova_lite.api.middleware import request_id
from nova_lite.api.openapi import spans
from nova_lite.api.openstack import microversions

MICROVERSION = 'microversion'
LEGACY_MICROVERSION = 'legacy_microversion'
GLOBAL_REQUEST_ID = 'global_request_id'
PARAMETERS = (MICROVERSION, LEGACY_MICROVERSION, GLOBAL_REQUEST_ID)

_VERSION = r'2\.(0|[1-9][0-9]*)'
_TEXT = {'type': 'string'}

OF_ANSWERS = {
    microversions.HEADER: {'$ref': '#/components/headers/microversion'},
    microversions.LEGACY_HEADER: {'$ref': '#/components/headers/legacy_microversion'},
    **{name: {'$ref': '#/components/headers/request_id'} for name in request_id.HEADERS},
}


def references():
    """Answer what an operation says of the headers of requests."""
    return [{'$ref': f'#/components/parameters/{name}'} for name in PARAMETERS]


def parameters(span):
    """Answer the headers of requests, by the names that references have for them."""
    is_one = span.first == span.last
    if is_one:
        own = {'const': f'{microversions.SERVICE_TYPE} 2.{span.first}'}
        legacy = {'const': f'2.{span.first}'}
    else:
        own = {'type': 'string', 'pattern': f'^{microversions.SERVICE_TYPE} ({_VERSION}|latest)$'}
        legacy = {'type': 'string', 'pattern': f'^({_VERSION}|latest)$'}
    return {
        # Without it a request is of the oldest microversion.
        MICROVERSION: _header(microversions.HEADER, 'The microversion to answer in.', own,
                              required=is_one and span.first != spans.WHOLE.first),
        LEGACY_MICROVERSION: _header(
            microversions.LEGACY_HEADER, 'The same, as clients older than 2.27 say it.', legacy),
        GLOBAL_REQUEST_ID: _header(
            oslo_request_id.INBOUND_HEADER, 'An id under which several services log one request: '
            '`req-` and a UUID; anything else is ignored.', _TEXT),
    }


def _header(name, words, schema, *, required=False):
    return {'name': name, 'in': 'header', 'description': words, 'required': required,
            'schema': schema}


def answers():
    """Answer the headers of answers, by the names that references have for them."""
    return {
        MICROVERSION: {'description': 'The microversion of the answer.', 'schema': _TEXT},
        LEGACY_MICROVERSION: {'description': 'The same, without the service type.',
                              'schema': _TEXT},
        'request_id': {'description': "The id under which the API's log has the request.",
                       'required': True, 'schema': _TEXT},
    }
