# SPDX-License-Identifier: Apache-2.0
"""With which codes a route may refuse, and what such an answer looks like.

Most follow from the form of the route; what does not, the route names in ``errors``.
"""

from nova_lite.api.openstack import faults

ALWAYS = frozenset({400, 401, 403, 406, 413, 414, 503})
"""A malformed microversion, no token, a policy, an unknown microversion, a body that is too
long even where none is read, an address that is too long, a part that is away."""

OF_SERVERS = frozenset({414})
"""What the HTTP server answers before the API sees the request: a line of text, without our
headers."""

AS_TEXT = frozenset({503})
"""What keystonemiddleware answers by a line of text while Keystone is away."""

OF_REMOVED = frozenset({400, 401, 406, 410, 413, 414})
"""Of what no microversion has any more nothing is asked but who and which version."""

OF_BODIES = frozenset({415})
SAFE = frozenset({'GET', 'HEAD'})

WORDS = {
    400: 'The request is not as it must be.',
    401: 'The request says nobody whom the API knows.',
    403: 'The caller may not do this, or a quota is used up.',
    404: 'There is no such thing, or not for this caller, or not in this microversion.',
    405: 'The address does not know the method in any microversion.',
    406: 'The API does not know the microversion.',
    409: 'What is asked for contradicts the present state.',
    410: 'The microversion does not have this any more.',
    413: 'The body is too long.',
    414: 'The address is too long.',
    415: 'The body is of a type that the API does not read.',
    422: 'The same Idempotency-Key came with another body.',
    429: 'There were too many requests.',
    500: 'No host can take it, or the API has failed.',
    501: 'No hypervisor here does that.',
    503: 'A part of the cloud that is needed does not answer at the moment.',
}


def codes_of(row, methods):
    """Answer the codes with which a route may refuse in its own microversions.

    :param methods: path -> the methods that the document knows of it
    """
    codes = set(ALWAYS) | set(row.errors)
    if '{' in row.path or row.target is not None:
        codes.add(404)
    if row.method not in SAFE:
        codes.add(409)
    if row.body is not None:
        codes |= OF_BODIES
    if row.action is not None:
        # Others of the same address are gone.
        codes.add(410)
    if any(row.method not in known and _can_lead_to(row.path, path)
           for path, known in methods.items()):
        codes.add(405)
    return codes


def codes_outside(rows, span):
    """Answer the codes of a method in the microversions of a span that do not have it."""
    return set() if all(
        any(row.is_in(version) for row in rows) for version in span) else {404}


def _can_lead_to(path, other):
    """Answer whether a name in a route's address can make it another's."""
    ours, theirs = path.split('/'), other.split('/')
    return path != other and len(ours) == len(theirs) and all(
        one == two or one.startswith('{') for one, two in zip(ours, theirs, strict=True))


def schema_of(code):
    """Answer the schema of the body of a refusal."""
    fault = _named(faults.NAMES.get(code, faults.OTHER_NAME), {
        'code': {'const': code}, 'message': TEXT})
    return {'anyOf': [fault, OF_KEYSTONE]} if code == 401 else fault


def _named(name, properties):
    return _closed({name: _closed(properties)})


def _closed(properties):
    return {'type': 'object', 'additionalProperties': False, 'required': list(properties),
            'properties': properties}


TEXT = {'type': 'string'}
OF_KEYSTONE = _named('error', {'code': {'const': 401}, 'title': TEXT, 'message': TEXT})
"""What keystonemiddleware answers in the place of the API."""


def component_of(code):
    """Answer the name under which a document keeps a refusal."""
    return f'Error{code}'


def reference_to(code):
    """Answer what an operation says of a refusal."""
    return {'$ref': f'#/components/responses/{component_of(code)}'}
