# SPDX-License-Identifier: Apache-2.0
"""Checking bodies and queries against JSON schemas, each compiled once.

Schemas change what they check for the legacy API only: where the schema would
refuse them, unknown properties are dropped, spaces around names are cut off, and
some properties may be null.
"""

import base64
import binascii
import functools
import ipaddress
import re
import urllib.parse

import jsonschema
from oslo_utils import timeutils, uuidutils

from nova_lite import exception
from nova_lite.api.openstack import wsgi

LONGEST_VALUE_SHOWN = 300
HIGHEST_INTEGER = 0x7FFFFFFF
"""What an integer column of the database holds; schemas of numbers end here."""

TRIMMED = 'x-trimmed-in-v2'
"""Says in the schema of a property that the legacy API cuts off the spaces around it."""

NULL_IN_V2 = 'x-null-in-v2'
"""Says in the schema of a property that null stands for none in the legacy API."""

DISTINCT_NAMES = 'x-distinct-names'
"""Says that no two names differ by spaces at the end alone, which a database may take for one."""

BODY = 'field/attribute'
QUERY = 'query parameters'
"""Where a value is that does not match."""

SECRETS = frozenset({'adminPass', 'contents', 'password', 'user_data'})
"""Properties whose values no error shows."""

HIDDEN = '***'

formats = jsonschema.FormatChecker(formats=())


@formats.checks('uuid')
def _is_uuid(value):
    return not isinstance(value, str) or uuidutils.is_uuid_like(value)


@formats.checks('ipv4')
def _is_ipv4(value):
    return not isinstance(value, str) or _is_address(ipaddress.IPv4Address, value)


@formats.checks('ipv6')
def _is_ipv6(value):
    return not isinstance(value, str) or _is_address(ipaddress.IPv6Address, value)


def _is_address(kind, value):
    try:
        kind(value)
    except ValueError:
        return False
    return '%' not in value


@formats.checks('date-time')
def _is_moment(value):
    if not isinstance(value, str):
        return True
    try:
        timeutils.normalize_time(timeutils.parse_isotime(value))
    except (ValueError, OverflowError):
        return False
    return True


@formats.checks('base64')
def _is_base64(value):
    if not isinstance(value, str):
        return True
    try:
        base64.b64decode(''.join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


@formats.checks('regex')
def _is_pattern(value):
    if not isinstance(value, str):
        return True
    try:
        re.compile(value)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _drop_unknown(validator, allowed, instance, schema):
    """``additionalProperties`` of the legacy API: take away instead of refusing."""
    if allowed is not False or not validator.is_type(instance, 'object'):
        yield from jsonschema.Draft202012Validator.VALIDATORS['additionalProperties'](
            validator, allowed, instance, schema)
        return
    known = schema.get('properties', {})
    patterns = [re.compile(pattern) for pattern in schema.get('patternProperties', ())]
    for name in list(instance):
        if name not in known and not any(pattern.search(name) for pattern in patterns):
            del instance[name]


def _trim_names(validator, properties, instance, schema):
    """``properties`` of the legacy API: cut off spaces and what is null, then check."""
    if validator.is_type(instance, 'object'):
        for name, part in properties.items():
            if part.get(TRIMMED) and isinstance(instance.get(name), str):
                instance[name] = instance[name].strip()
            elif part.get(NULL_IN_V2) and name in instance and instance[name] is None:
                del instance[name]
    yield from jsonschema.Draft202012Validator.VALIDATORS['properties'](
        validator, properties, instance, schema)


def _refuse_alike_names(validator, wanted, instance, _schema):
    """``x-distinct-names`` of an object or of a list of texts."""
    if wanted and (validator.is_type(instance, 'object') or validator.is_type(instance, 'array')):
        names = {name for name in instance if isinstance(name, str)}
        if len({name.rstrip(' ') for name in names}) < len(names):
            yield jsonschema.ValidationError('Two names differ by spaces at the end alone')


Strict = jsonschema.validators.extend(
    jsonschema.Draft202012Validator, {DISTINCT_NAMES: _refuse_alike_names})
Relaxed = jsonschema.validators.extend(
    Strict, {'additionalProperties': _drop_unknown, 'properties': _trim_names})


class Schema:
    """A JSON schema whose validators are made at first use."""

    def __init__(self, definition):
        self.definition = definition

    @functools.cached_property
    def strict(self):
        return Strict(self.definition, format_checker=formats)

    @functools.cached_property
    def relaxed(self):
        return Relaxed(self.definition, format_checker=formats)

    def check(self, value, *, relaxed=False, source=BODY):
        """Make sure that a value matches.

        :param relaxed: drop unknown properties and spaces around names where they would be refused
        :param source: BODY or QUERY, for the error
        :raises ValidationError: if it does not
        """
        validator = self.relaxed if relaxed else self.strict
        try:
            error = jsonschema.exceptions.best_match(validator.iter_errors(value))
            words = error and _words_of(error, source)
        except RecursionError:
            raise exception.ValidationError(detail='The value is nested too deeply.') from None
        if words is not None:
            raise exception.ValidationError(detail=words)


def _words_of(error, source):
    """Say what does not match, in Nova's words."""
    name = next((part for part in reversed(error.absolute_path) if isinstance(part, str)), None)
    instance = _without_secrets(error.instance, name)
    message = error.message.replace(repr(error.instance), repr(instance))
    if not error.absolute_path:
        return message[:LONGEST_VALUE_SHOWN * 2]
    message = _shown(message)
    if error.validator == 'pattern':
        # What matches is said better by words than by the pattern.
        message = error.schema.get('description', message)
    place = error.absolute_path[-1] if name is None else name
    return (f'Invalid input for {source} {_shown(place)}. '
            f'Value: {_shown(instance)}. {message}')


def _without_secrets(value, name):
    """Answer what an error may show of a value; it is logged, too."""
    if name in SECRETS:
        return HIDDEN
    if isinstance(value, dict):
        return {key: _without_secrets(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_without_secrets(part, name) for part in value]
    return value


def _shown(value):
    text = str(value)
    return text if len(text) <= LONGEST_VALUE_SHOWN else f'{text[:LONGEST_VALUE_SHOWN]}...'


def read_query(environ):
    """Answer the parameters of a URL's query, name -> list of values.

    :raises ValidationError: if it is not UTF-8 or has what can't be stored
    """
    text = environ.get('QUERY_STRING', '')
    if not text:
        return {}
    try:
        pairs = urllib.parse.parse_qsl(
            text.encode('latin-1').decode('utf-8'), keep_blank_values=True, errors='strict',
            max_num_fields=1000)
    except UnicodeError:
        raise exception.ValidationError(detail='Query string is not UTF-8 encoded') from None
    except ValueError:
        raise exception.ValidationError(detail='Query string has too many parts') from None
    found = {}
    for name, value in pairs:
        if not (wsgi.is_storable(name) and wsgi.is_storable(value)):
            raise exception.ValidationError(
                detail='Query string has a character that is not allowed')
        found.setdefault(name, []).append(value)
    return found


def check_query(schema, query):
    """Answer the parameters that a schema knows.

    :raises ValidationError: if a value does not match, or a name is unknown to
        a schema that takes no others
    """
    schema.check(query, source=QUERY)
    known = schema.definition.get('properties', {})
    patterns = [re.compile(pattern) for pattern in schema.definition.get('patternProperties', ())]
    return {name: values for name, values in query.items()
            if name in known or any(pattern.search(name) for pattern in patterns)}
