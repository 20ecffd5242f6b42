# SPDX-License-Identifier: Apache-2.0
"""Schemas of key pairs."""

from nova_lite import keypairs
from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature

USER_ID = {'type': 'string', 'minLength': 1, 'maxLength': 255}
KINDS = {'enum': [keypairs.SSH, keypairs.X509]}


def _name(letters):
    return {'type': 'string', 'minLength': 1, 'maxLength': 255,
            'pattern': rf'\A(?! )[{letters}]*(?<! )\Z', validation.TRIMMED: True}


def _kind_can_be_chosen(schema):
    schema['properties']['keypair']['properties']['type'] = {'type': 'string', **KINDS}


def _user_can_be_chosen(schema):
    schema['properties']['keypair']['properties']['user_id'] = USER_ID


def _must_be_imported(schema):
    keypair = schema['properties']['keypair']
    keypair['properties']['name'] = _name('a-zA-Z0-9 _@.-')
    keypair['required'] = ['name', 'public_key']


CREATE = parts.series(
    parts.closed({'keypair': parts.closed(
        {'name': _name('a-zA-Z0-9 _-'), 'public_key': parts.TEXT}, optional=('public_key',))}),
    (Feature.KEYPAIR_TYPE, _kind_can_be_chosen),
    (Feature.KEYPAIR_OF_USER, _user_can_be_chosen),
    (Feature.NO_KEY_GENERATION, _must_be_imported),
)


def _of_user(schema):
    schema['properties']['user_id'] = parts.parameter(minLength=1, maxLength=255)


def _paged(schema):
    schema['properties'].update(parts.PAGING)


ONE_QUERY = parts.series(
    parts.query_of({}),
    (Feature.KEYPAIR_OF_USER, _of_user),
    (Feature.STRICT_QUERIES, parts.without_unknown),
)
LIST_QUERY = parts.series(
    parts.query_of({}),
    (Feature.KEYPAIR_OF_USER, _of_user),
    (Feature.KEYPAIR_PAGING, _paged),
    (Feature.STRICT_QUERIES, parts.without_unknown),
)

_KEYPAIR = {'name': parts.TEXT, 'public_key': parts.TEXT, 'fingerprint': parts.TEXT}
_WHOLE = {
    **_KEYPAIR, 'user_id': parts.TEXT, 'id': parts.INTEGER, 'deleted': {'const': False},
    'created_at': parts.FINE_MOMENT_OR_NULL, 'updated_at': parts.FINE_MOMENT_OR_NULL,
    'deleted_at': {'type': 'null'}}


def _answer(keypair):
    return parts.closed({'keypair': keypair})


def _list_answer(keypair):
    return parts.closed({'keypairs': parts.array_of(_answer(keypair))})


def _has_kind(schema):
    properties = schema['properties']
    one = properties['keypairs']['items'] if 'keypairs' in properties else schema
    keypair = one['properties']['keypair']
    keypair['properties']['type'] = KINDS
    keypair['required'] = [*keypair['required'], 'type']


def _has_next_page(schema):
    schema['properties']['keypairs_links'] = parts.NEXT_PAGE


def _has_no_private_key(schema):
    del schema['properties']['keypair']['properties']['private_key']


LIST_ANSWER = parts.series(
    _list_answer(parts.closed(_KEYPAIR)),
    (Feature.KEYPAIR_TYPE, _has_kind),
    (Feature.KEYPAIR_PAGING, _has_next_page),
)
SHOW_ANSWER = parts.series(_answer(parts.closed(_WHOLE)), (Feature.KEYPAIR_TYPE, _has_kind))
CREATE_ANSWER = parts.series(
    _answer(parts.closed({**_KEYPAIR, 'user_id': parts.TEXT, 'private_key': parts.TEXT},
                         optional=('private_key',))),
    (Feature.KEYPAIR_TYPE, _has_kind),
    (Feature.NO_KEY_GENERATION, _has_no_private_key),
)
