# SPDX-License-Identifier: Apache-2.0
"""The document as a whole: of one microversion, or of all of them.

The document of one microversion is exact, for validators and programs that make
clients. In the document of all, what differs is ``oneOf`` alternatives, each of which
says under ``x-openstack`` from which microversion to which it holds.
"""

import json
import sys

from nova_lite.api.openapi import headers, operations, refusals, schemas, spans
from nova_lite.api.openstack.compute import routes
from nova_lite.api.openstack.compute.routes import removed

OPENAPI = '3.1.0'
TITLE = 'OpenStack Compute API'
LICENSE = {'name': 'Apache 2.0', 'identifier': 'Apache-2.0'}
TOKEN = 'token'
SECURITY_SCHEME = {'type': 'apiKey', 'in': 'header', 'name': 'X-Auth-Token',
                   'description': 'A token of Keystone; with noauth2, `user:project`.'}
URL = '/v2.1'

ABOUT_ALL = (
    'All microversions. What some of them only have says so under `x-openstack` by `min-ver` '
    'and `max-ver`; where `oneOf` has the discriminator `microversion`, the one that the request '
    'names chooses. Ask for `openapi.json?microversion=2.N` to have one microversion exactly.')
ABOUT_ONE = 'Microversion 2.{minor} alone, exactly.'


def make(span=spans.WHOLE, *, url=URL, table=routes.TABLE, gone=removed.TABLE):
    """Answer the document of a span of microversions, as plain values.

    :param url: where the API's root is
    :param gone: (method, path) pairs of what no microversion has any more
    """
    there = [row for row in table if any(row.is_in(version) for version in span)]
    components = schemas.Components()
    paths = _paths(operations.Known(span, there, gone), components)
    return {
        'openapi': OPENAPI, 'info': _info(span), 'servers': [{'url': url}],
        'security': [{TOKEN: []}], 'tags': _tags(there, gone), 'paths': paths,
        'components': {
            'securitySchemes': {TOKEN: SECURITY_SCHEME},
            'parameters': headers.parameters(span), 'headers': headers.answers(),
            'responses': _refusals(paths, components),
            'schemas': dict(sorted(components.schemas.items()))},
    }


def text_of(document, *, indent=None):
    """Answer a document as it is written: for programs in one line, for people with an indent."""
    return json.dumps(document, indent=indent, separators=(',', ':') if indent is None else None)


def _paths(known, components):
    found = {}
    for (path, method), rows in _by_operation(known.table).items():
        operation = operations.Operation(rows, known, components)
        found.setdefault(path, {})[method.lower()] = operation.described()
    for method, path in known.gone:
        found.setdefault(path, {})[method.lower()] = operations.removed(method, path)
    return found


def _by_operation(table):
    found = {}
    for row in table:
        found.setdefault((row.path, row.method), []).append(row)
    return found


def _info(span):
    if span.first == span.last:
        return {'title': TITLE, 'version': f'2.{span.last}', 'license': LICENSE,
                'description': ABOUT_ONE.format(minor=span.last)}
    return {'title': TITLE, 'version': f'2.{span.last}', 'license': LICENSE,
            'description': ABOUT_ALL, spans.VERSIONS: span.said()}


def _tags(table, gone):
    words = {operations.REMOVED: operations.REMOVED_SUMMARY} if gone else {}
    for row in table:
        about = (sys.modules[row.controller.__module__].__doc__ or '').strip().splitlines()
        if row.action is None:
            words[operations.tag_of(row)] = about[0] if about else ''
        else:
            words.setdefault(operations.tag_of(row), '')
    return [{'name': name, 'description': words[name]} for name in sorted(words)]


def _refusals(paths, components):
    codes = sorted({int(code) for operations_of in paths.values()
                    for operation in operations_of.values()
                    for code in operation['responses'] if int(code) >= 400})
    return {refusals.component_of(code): _refusal(code, components) for code in codes}


def _refusal(code, components):
    words = refusals.WORDS[code]
    as_text = {'text/plain': {'schema': refusals.TEXT}}
    if code in refusals.OF_SERVERS:
        return {'description': words, 'content': as_text}
    schema = components.add(refusals.component_of(code), refusals.schema_of(code))
    return {'description': words, 'headers': headers.OF_ANSWERS,
            'content': {operations.JSON: {'schema': schema},
                        **(as_text if code in refusals.AS_TEXT else {})}}
