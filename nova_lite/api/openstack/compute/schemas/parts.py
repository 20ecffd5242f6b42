# SPDX-License-Identifier: Apache-2.0
"""Pieces that the schemas of many resources are made of."""

import copy

from nova_lite.api.openstack import validation
from nova_lite.api.openstack.microversions import Series

UUID = {'type': 'string', 'format': 'uuid'}
TEXT = {'type': 'string'}
TEXT_OR_NULL = {'type': ['string', 'null']}
BOOLEAN = {'type': 'boolean'}
INTEGER = {'type': 'integer'}
COUNT = {'type': 'integer', 'minimum': 0, 'maximum': validation.HIGHEST_INTEGER}
MOMENT = {'type': 'string', 'pattern': r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$'}
MOMENT_OR_NULL = {'type': ['string', 'null'], 'pattern': MOMENT['pattern']}
FINE_MOMENT_OR_NULL = {
    'type': ['string', 'null'], 'pattern': r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$'}

NAME = {
    'type': 'string', 'minLength': 1, 'maxLength': 255,
    'pattern': r'\A(?!\s)[^\x00-\x1f\x7f-\x9f\u2028\u2029]*(?<!\s)\Z',
    validation.TRIMMED: True,
    'description': "An invalid 'name' value was provided. The name must be: printable characters. "
                   'Can not start or end with whitespace.',
}
"""A name to show: printable, no space around it."""

DESCRIPTION = {
    'type': ['string', 'null'], 'maxLength': 255,
    'pattern': r'\A[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*\Z',
}
FLAG = {
    'type': ['boolean', 'string'],
    'enum': [True, 'True', 'TRUE', 'true', '1', 'ON', 'On', 'on', 'YES', 'Yes', 'yes', 'y', 't',
             False, 'False', 'FALSE', 'false', '0', 'OFF', 'Off', 'off', 'NO', 'No', 'no', 'n',
             'f'],
}
"""A boolean, or one of the words that are taken for one."""

METADATA = {
    'type': 'object',
    'patternProperties': {
        r'\A[a-zA-Z0-9\-_:. ]{1,255}\Z': {'type': 'string', 'maxLength': 255}},
    'additionalProperties': False,
    validation.DISTINCT_NAMES: True,
}


def closed(properties, *, optional=()):
    """Answer the schema of an object with these properties and no others.

    :param optional: names that may be missing
    """
    return {'type': 'object', 'properties': properties, 'additionalProperties': False,
            'required': [name for name in properties if name not in optional]}


def some_of(properties):
    """Answer the schema of an object with any of these properties and no others."""
    return closed(properties, optional=properties)


def array_of(items, **limits):
    """Answer the schema of a list."""
    return {'type': 'array', 'items': items, **limits}


LINKS = array_of(closed({'rel': {'enum': ['self', 'bookmark']}, 'href': TEXT}),
                 minItems=2, maxItems=2)
BOOKMARK = array_of(closed({'rel': {'const': 'bookmark'}, 'href': TEXT}), minItems=1, maxItems=1)
NEXT_PAGE = array_of(closed({'rel': {'const': 'next'}, 'href': TEXT}), minItems=1, maxItems=1)


def parameter(schema=None, **keywords):
    """Answer the schema of a URL's parameter: it may come several times, each is a text."""
    return array_of({'type': 'string', **(schema or {}), **keywords})


NUMBER_PARAMETER = parameter(pattern=r'\A[0-9]{1,9}\Z')
FLAG_PARAMETER = parameter(enum=[
    word for word in [*FLAG['enum'], ''] if isinstance(word, str)])
PATTERN_PARAMETER = parameter(format='regex')
MOMENT_PARAMETER = parameter(format='date-time')
PAGING = {'limit': parameter(pattern=r'\A[0-9]{1,100}\Z'), 'marker': parameter()}
"""A limit may be larger than any list: the configuration has a lower one."""


def query_of(properties, *, others=True, patterns=None):
    """Answer the schema of a URL's query.

    :param others: whether other parameters are ignored; else they are refused
    """
    schema = {'type': 'object', 'properties': properties, 'additionalProperties': others}
    return {**schema, 'patternProperties': patterns} if patterns else schema


def series(first, *changes):
    """Answer a series of compiled schemas.

    :param first: the schema of 2.1
    :param changes: (feature, function that changes a copy of the step before)
    """
    steps, latest = [], first
    for feature, change in changes:
        latest = copy.deepcopy(latest)
        change(latest)
        steps.append((feature, validation.Schema(latest)))
    return Series(validation.Schema(first), *steps)


def without_unknown(schema):
    """Change a query's schema: unknown parameters are refused from here on."""
    schema['additionalProperties'] = False
