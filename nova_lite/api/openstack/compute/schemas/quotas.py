# SPDX-License-Identifier: Apache-2.0
"""Schemas of quotas of projects, users and classes."""

from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature
from nova_lite.quota import resources

LIMIT = {'type': ['integer', 'string'], 'pattern': r'\A(-1|[0-9]{1,10})\Z',
         'minimum': resources.UNLIMITED, 'maximum': validation.HIGHEST_INTEGER}
SHOWN_LIMIT = {'type': 'integer', 'minimum': resources.UNLIMITED,
               'maximum': validation.HIGHEST_INTEGER}
DETAIL = parts.closed({'limit': SHOWN_LIMIT, 'in_use': parts.COUNT, 'reserved': {'const': 0}})

NETWORKS = 'networks'
"""A limit that a request may name although nothing has ever come of it."""

USER_QUERY = parts.series(
    parts.query_of({'user_id': parts.parameter(minLength=1, maxLength=255)}),
    (Feature.STRICT_QUERIES, parts.without_unknown),
)


def _without(key, names):
    """Answer a change: these names are not there any more."""
    def change(schema):
        part = schema['properties'][key]
        for name in names:
            part['properties'].pop(name, None)
        part['required'] = [name for name in part['required'] if name not in names]
    return change


def _adding(key, names):
    """Answer a change: these limits are shown from now on."""
    def change(schema):
        part = schema['properties'][key]
        part['properties'].update(dict.fromkeys(names, SHOWN_LIMIT))
        part['required'] = [*part['required'], *names]
    return change


def _both(*changes):
    def change(schema):
        for one in changes:
            one(schema)
    return change


def _wanted(key, networks_until, **others):
    """Answer the series of a body that sets limits."""
    names = dict.fromkeys((*resources.ALL, NETWORKS), LIMIT)
    return parts.series(
        parts.closed({key: parts.some_of({**names, **others})}),
        (networks_until, _without(key, (*resources.OF_NETWORKS, NETWORKS))),
        (Feature.NO_PERSONALITY, _without(key, resources.OF_INJECTED_FILES)))


def _of_project(each, **others):
    names = dict.fromkeys(resources.ALL, each)
    return parts.series(
        parts.closed({'quota_set': parts.closed({**names, **others})}),
        (Feature.NO_PROXIES, _without('quota_set', resources.OF_NETWORKS)),
        (Feature.NO_PERSONALITY, _without('quota_set', resources.OF_INJECTED_FILES)))


def _of_class(**others):
    names = [name for name in resources.ALL if name not in resources.OF_SERVER_GROUPS]
    return parts.series(
        parts.closed({'quota_class_set': parts.closed(
            {**dict.fromkeys(names, SHOWN_LIMIT), **others})}),
        (Feature.QUOTA_CLASS_GROUPS, _both(
            _without('quota_class_set', resources.OF_NETWORKS),
            _adding('quota_class_set', resources.OF_SERVER_GROUPS))),
        (Feature.NO_PERSONALITY, _without('quota_class_set', resources.OF_INJECTED_FILES)))


UPDATE = _wanted('quota_set', Feature.NO_PROXIES, force=parts.FLAG)
SHOW_ANSWER = _of_project(SHOWN_LIMIT, id=parts.TEXT)
DETAIL_ANSWER = _of_project(DETAIL, id=parts.TEXT)
UPDATE_ANSWER = _of_project(SHOWN_LIMIT)

UPDATE_CLASS = _wanted('quota_class_set', Feature.QUOTA_CLASS_GROUPS)
CLASS_ANSWER = _of_class(id=parts.TEXT)
UPDATE_CLASS_ANSWER = _of_class()
