# SPDX-License-Identifier: Apache-2.0
"""Schemas of the scheduler's decisions and of questions to it."""

from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute.schemas import parts, servers

MOST_HOSTS = 500
"""Told of one by one: an answer is one message of the scheduler's."""

HOST = servers.HOST
HOSTS = parts.array_of(HOST, maxItems=MOST_HOSTS)
NUMBER = {'type': 'integer', 'minimum': 1, 'maximum': validation.HIGHEST_INTEGER}
OF_HOSTS = {'limit': {'type': 'integer', 'minimum': 1, 'maximum': MOST_HOSTS}, 'hosts': HOSTS}
"""Which hosts are told of."""

REQUEST_ID = {'type': 'string', 'minLength': 1, 'maxLength': 255}

LIST_QUERY = parts.series(parts.query_of({
    **parts.PAGING, 'server_id': parts.parameter(format='uuid'),
    'request_id': parts.parameter(maxLength=255), 'project_id': parts.parameter(maxLength=255),
    'operation_id': parts.NUMBER_PARAMETER, 'refused': parts.FLAG_PARAMETER}, others=False))

EXPLAIN = parts.series(parts.closed({'explain': parts.some_of({
    'server_id': parts.UUID, 'decision_id': NUMBER, 'operation_id': NUMBER,
    'request_id': REQUEST_ID, **OF_HOSTS})}))

_SIZES = {'vcpus': parts.COUNT, 'ram': parts.COUNT, 'disk': parts.COUNT}
_NEW_HOST = parts.closed(
    {'name': HOST, **_SIZES, 'availability_zone': parts.NAME, 'like': HOST},
    optional=(*_SIZES, 'availability_zone', 'like'))
_RATIOS = {'type': 'object', 'additionalProperties': False, 'patternProperties': {
    r'\A[A-Z0-9_]{1,64}\Z': {'type': 'number', 'exclusiveMinimum': 0, 'maximum': 1000}}}
_SUPPOSED = parts.some_of({
    'without_hosts': HOSTS, 'disable_hosts': HOSTS, 'enable_hosts': HOSTS,
    'add_hosts': parts.array_of(_NEW_HOST, maxItems=MOST_HOSTS), 'allocation_ratios': _RATIOS})

WHAT_IF = parts.series(parts.closed({'what_if': parts.some_of({
    'flavorRef': {'type': 'string', 'minLength': 1, 'maxLength': 255}, **_SIZES,
    'extra_specs': parts.METADATA,
    'imageRef': parts.UUID, 'availability_zone': parts.NAME, 'host': HOST,
    'hypervisor_hostname': HOST, 'ignore_hosts': HOSTS, 'scheduler_hints': servers.HINTS,
    'project_id': parts.NAME, 'count': {'type': 'integer', 'minimum': 1, 'maximum': 1000},
    'supposed': _SUPPOSED, **OF_HOSTS})}))

# Answers.

_NUMBER_OR_NULL = {'type': ['number', 'null']}
_CAUSE = {'cause': parts.TEXT, 'hosts': parts.COUNT, 'needed': _NUMBER_OR_NULL,
          'nearest': _NUMBER_OR_NULL, 'nearest_host': parts.TEXT_OR_NULL}
_PLACEMENT = {
    'host': parts.TEXT, 'node': parts.TEXT, 'text': parts.TEXT, 'weight': _NUMBER_OR_NULL,
    'next_host': parts.TEXT_OR_NULL, 'next_node': parts.TEXT_OR_NULL,
    'next_weight': _NUMBER_OR_NULL,
    'weighers': parts.array_of(parts.closed({
        'name': parts.TEXT, 'weight': {'type': 'number'}, 'next_weight': {'type': 'number'}}))}
_ASKED = {'type': 'object'}
"""What was asked for; only what is not left open."""

_DECISION = parts.closed({
    'id': parts.INTEGER, 'operation_id': parts.INTEGER, 'request_id': parts.TEXT,
    'project_id': parts.TEXT_OR_NULL, 'created_at': parts.MOMENT, 'request': _ASKED,
    'considered_hosts': parts.COUNT, 'reason': parts.TEXT_OR_NULL,
    'causes': parts.array_of(parts.closed({**_CAUSE, 'detail': parts.TEXT_OR_NULL})),
    'placements': parts.array_of(parts.closed({
        **_PLACEMENT, 'server_id': parts.UUID, 'alternates': parts.array_of(
            parts.closed({'host': parts.TEXT, 'node': parts.TEXT}))}))})

LIST_ANSWER = parts.series(parts.closed(
    {'decisions': parts.array_of(_DECISION), 'decisions_links': parts.NEXT_PAGE},
    optional=('decisions_links',)))
ONE_ANSWER = parts.series(parts.closed({'decision': _DECISION}))

_WAY = {
    'text': parts.TEXT, 'cost': {'type': 'number'},
    'changes': parts.array_of(parts.closed({
        'kind': parts.TEXT, 'text': parts.TEXT, 'host': parts.TEXT_OR_NULL,
        'cost': {'type': 'number'}, 'tried': parts.BOOLEAN}), minItems=1)}
_TOLD_HOST = parts.closed({
    'host': parts.TEXT, 'node': parts.TEXT, 'zone': parts.TEXT, 'fits': parts.BOOLEAN,
    'placed': parts.COUNT, 'weight': _NUMBER_OR_NULL,
    'weighers': parts.array_of(parts.closed({'name': parts.TEXT, 'weight': {'type': 'number'}})),
    'causes': parts.array_of(parts.closed({
        'cause': parts.TEXT, 'filter': parts.TEXT, 'text': parts.TEXT, 'needed': _NUMBER_OR_NULL,
        'available': _NUMBER_OR_NULL, 'unit': parts.TEXT_OR_NULL})),
    'change': {'oneOf': [{'type': 'null'}, parts.closed(_WAY)]}})
_EXPLANATION = {
    'request': _ASKED, 'wanted': parts.COUNT, 'placed': parts.COUNT,
    'reason': parts.TEXT_OR_NULL, 'placements': parts.array_of(parts.closed(_PLACEMENT)),
    'total_hosts': parts.COUNT, 'fitting_hosts': parts.COUNT,
    'causes': parts.array_of(parts.closed({
        **_CAUSE, 'filter': parts.TEXT, 'text': parts.TEXT, 'everywhere': parts.BOOLEAN,
        'alone': parts.COUNT, 'unit': parts.TEXT_OR_NULL})),
    'changes': parts.array_of(parts.closed({
        **_WAY, 'host': parts.TEXT, 'fitting_hosts': parts.COUNT})),
    'hosts': parts.array_of(_TOLD_HOST, maxItems=MOST_HOSTS)}

EXPLAIN_ANSWER = parts.series(parts.closed({'explanation': parts.closed({
    **_EXPLANATION, 'decision': {'oneOf': [{'type': 'null'}, _DECISION]}})}))
WHAT_IF_ANSWER = parts.series(parts.closed({'explanation': parts.closed(_EXPLANATION)}))
