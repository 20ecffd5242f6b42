# SPDX-License-Identifier: Apache-2.0
"""Schemas of server groups."""

from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature

STRICT_POLICIES = ['affinity', 'anti-affinity']
POLICIES = [*STRICT_POLICIES, 'soft-affinity', 'soft-anti-affinity']
SERVERS_PER_HOST = {'type': ['integer', 'string'], 'pattern': r'\A[1-9][0-9]{0,8}\Z',
                    'minimum': 1, 'maximum': 999999999}

QUERY = parts.series(
    parts.query_of({'limit': parts.PAGING['limit'], 'offset': parts.PAGING['limit'],
                    'all_projects': parts.parameter(maxLength=255)}),
    (Feature.STRICT_QUERIES, parts.without_unknown),
)


def _soft_policies(schema):
    properties = schema['properties']['server_group']['properties']
    properties['policies']['items']['enum'] = POLICIES


def _policy_with_rules(schema):
    schema['properties']['server_group'] = parts.closed({
        'name': parts.NAME, 'policy': {'enum': POLICIES},
        'rules': parts.some_of({'max_server_per_host': SERVERS_PER_HOST})}, optional=('rules',))


CREATE = parts.series(
    parts.closed({'server_group': parts.closed({
        'name': parts.NAME,
        'policies': parts.array_of({'enum': STRICT_POLICIES}, minItems=1, maxItems=1)})}),
    (Feature.SOFT_GROUP_POLICIES, _soft_policies),
    (Feature.GROUP_RULES, _policy_with_rules),
)

_ALWAYS = {'id': parts.UUID, 'name': parts.TEXT, 'members': parts.array_of(parts.UUID)}
_OWNER = {'project_id': parts.TEXT, 'user_id': parts.TEXT}
_LISTED_POLICY = {'policies': parts.array_of({'enum': POLICIES}, minItems=1, maxItems=1),
                  'metadata': parts.closed({})}
_POLICY = {'policy': {'enum': POLICIES},
           'rules': parts.some_of({'max_server_per_host': parts.INTEGER})}
_GROUP = parts.closed({**_ALWAYS, **_LISTED_POLICY})


def _each(change):
    """Apply a change to the group in an answer with one or with a list of them."""
    def to_answer(schema):
        properties = schema['properties']
        change(properties.get('server_group') or properties['server_groups']['items'])
    return to_answer


def _with_owner(group):
    group.update(parts.closed({**_ALWAYS, **_LISTED_POLICY, **_OWNER}))


def _with_rules(group):
    group.update(parts.closed({**_ALWAYS, **_OWNER, **_POLICY}))


_CHANGES = ((Feature.GROUP_OWNER, _each(_with_owner)), (Feature.GROUP_RULES, _each(_with_rules)))

ONE_ANSWER = parts.series(parts.closed({'server_group': _GROUP}), *_CHANGES)
LIST_ANSWER = parts.series(parts.closed({'server_groups': parts.array_of(_GROUP)}), *_CHANGES)
