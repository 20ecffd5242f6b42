# SPDX-License-Identifier: Apache-2.0
"""Schemas of flavors."""

from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature

AT_LEAST_ONE = {'type': ['integer', 'string'], 'pattern': r'\A[0-9]{1,10}\Z', 'minimum': 1,
                'maximum': validation.HIGHEST_INTEGER}
FROM_ZERO = {**AT_LEAST_ONE, 'minimum': 0}
DESCRIPTION = {'type': ['string', 'null'], 'maxLength': 65535,
               'pattern': parts.DESCRIPTION['pattern']}
IDENTIFIER = {'type': ['string', 'integer', 'null'], 'minLength': 1, 'maxLength': 255,
              'pattern': r'\A(?! )[a-zA-Z0-9. _-]*(?<! )\Z', 'minimum': 0,
              'maximum': validation.HIGHEST_INTEGER}
FACTOR = {'type': ['number', 'string'], 'pattern': r'\A[0-9]{1,9}(\.[0-9]{1,9})?\Z',
          'exclusiveMinimum': 0, 'maximum': 3.40282e+38}


def _sort(keys):
    return {'sort_key': parts.parameter(enum=keys),
            'sort_dir': parts.parameter(enum=['asc', 'desc'])}


SORT_KEYS = ['created_at', 'description', 'disabled', 'ephemeral_gb', 'flavorid', 'id',
             'is_public', 'memory_mb', 'name', 'root_gb', 'rxtx_factor', 'swap', 'updated_at',
             'vcpu_weight', 'vcpus']


def _with_name_filter(schema):
    schema['properties'].update(
        name=parts.PATTERN_PARAMETER,
        **_sort([key for key in SORT_KEYS if key != 'rxtx_factor']))


QUERY = parts.series(
    parts.query_of({
        **parts.PAGING, **_sort(SORT_KEYS),
        'is_public': parts.parameter(maxLength=16), 'minRam': parts.parameter(maxLength=16),
        'minDisk': parts.parameter(maxLength=16)}),
    (Feature.STRICT_QUERIES, parts.without_unknown),
    (Feature.FLAVOR_NAME_FILTER, _with_name_filter),
)


ONE_QUERY = parts.series(
    parts.query_of({}), (Feature.NO_FLAVOR_FACTOR, parts.without_unknown))


def _without_factor(schema):
    del schema['properties']['flavor']['properties']['rxtx_factor']


def _with_description(schema):
    schema['properties']['flavor']['properties']['description'] = DESCRIPTION


CREATE = parts.series(
    parts.closed({'flavor': parts.closed({
        'name': parts.NAME, 'id': IDENTIFIER, 'ram': AT_LEAST_ONE, 'vcpus': AT_LEAST_ONE,
        'disk': FROM_ZERO, 'OS-FLV-EXT-DATA:ephemeral': FROM_ZERO, 'swap': FROM_ZERO,
        'rxtx_factor': FACTOR, 'os-flavor-access:is_public': parts.FLAG,
    }, optional=('id', 'OS-FLV-EXT-DATA:ephemeral', 'swap', 'rxtx_factor',
                 'os-flavor-access:is_public'))}),
    (Feature.FLAVOR_DESCRIPTION, _with_description),
    (Feature.NO_FLAVOR_FACTOR, _without_factor),
)
UPDATE = parts.series(parts.closed({'flavor': parts.closed({'description': DESCRIPTION})}))

SWAP = {'anyOf': [{'const': ''}, {**parts.COUNT, 'minimum': 1}]}
"""MB; before numbers were numbers, no swap was an empty text."""

_FLAVOR = parts.closed({
    'id': parts.TEXT, 'name': parts.TEXT, 'ram': parts.COUNT, 'disk': parts.COUNT,
    'vcpus': parts.COUNT, 'swap': SWAP, 'rxtx_factor': {'type': 'number'},
    'OS-FLV-EXT-DATA:ephemeral': parts.COUNT, 'OS-FLV-DISABLED:disabled': parts.BOOLEAN,
    'os-flavor-access:is_public': parts.BOOLEAN, 'links': parts.LINKS})


def _each(change):
    """Apply a change to the flavor in an answer with one flavor or a list of them."""
    def to_answer(schema):
        properties = schema['properties']
        change(properties['flavor'] if 'flavor' in properties else properties['flavors']['items'])
    return to_answer


def _describe(flavor):
    flavor['properties']['description'] = parts.TEXT_OR_NULL
    flavor['required'] = [*flavor['required'], 'description']


def _embed_specs(flavor):
    # Not required: only those whom the policy lets see them get them.
    flavor['properties']['extra_specs'] = {
        'type': 'object', 'additionalProperties': parts.TEXT}


def _swap_is_number(flavor):
    flavor['properties']['swap'] = parts.COUNT


def _drop_what_means_nothing(flavor):
    for name in ('rxtx_factor', 'OS-FLV-DISABLED:disabled'):
        del flavor['properties'][name]
        flavor['required'] = [other for other in flavor['required'] if other != name]


_CHANGES = (
    (Feature.FLAVOR_DESCRIPTION, _each(_describe)),
    (Feature.FLAVOR_EXTRA_SPECS, _each(_embed_specs)),
    (Feature.STRICT_QUERIES, _each(_swap_is_number)),
    (Feature.NO_FLAVOR_FACTOR, _each(_drop_what_means_nothing)),
)


def _list_of(flavor):
    return parts.closed({'flavors': parts.array_of(flavor), 'flavors_links': parts.NEXT_PAGE},
                        optional=('flavors_links',))


_SHORT = parts.closed({'id': parts.TEXT, 'name': parts.TEXT, 'links': parts.LINKS})

LIST_ANSWER = parts.series(_list_of(_SHORT), (Feature.FLAVOR_DESCRIPTION, _each(_describe)))
DETAIL_ANSWER = parts.series(_list_of(_FLAVOR), *_CHANGES)
ONE_ANSWER = parts.series(parts.closed({'flavor': _FLAVOR}), *_CHANGES)
