# SPDX-License-Identifier: Apache-2.0
"""Schemas of what projects have used."""

from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature

PERIOD = {'start': parts.parameter(), 'end': parts.parameter()}


def _with_paging(schema):
    schema['properties'].update(parts.PAGING)


_QUERY_CHANGES = (
    (Feature.USAGE_PAGING, _with_paging), (Feature.STRICT_QUERIES, parts.without_unknown))

LIST_QUERY = parts.series(
    parts.query_of({**PERIOD, 'detailed': parts.parameter()}), *_QUERY_CHANGES)
SHOW_QUERY = parts.series(parts.query_of(PERIOD), *_QUERY_CHANGES)

NUMBER = {'type': 'number', 'minimum': 0}
FINE_MOMENT = {**parts.FINE_MOMENT_OR_NULL, 'type': 'string'}

_SERVER = parts.closed({
    'instance_id': parts.UUID, 'name': parts.TEXT, 'tenant_id': parts.TEXT,
    'flavor': parts.TEXT, 'hours': NUMBER, 'memory_mb': parts.INTEGER,
    'local_gb': parts.INTEGER, 'vcpus': parts.INTEGER, 'started_at': FINE_MOMENT,
    'ended_at': parts.FINE_MOMENT_OR_NULL, 'state': parts.TEXT, 'uptime': parts.INTEGER})
_PROJECT = {
    'tenant_id': parts.TEXT, 'start': FINE_MOMENT, 'stop': FINE_MOMENT, 'total_hours': NUMBER,
    'total_local_gb_usage': NUMBER, 'total_memory_mb_usage': NUMBER,
    'total_vcpus_usage': NUMBER, 'server_usages': parts.array_of(_SERVER)}


def _has_next_page(name):
    def change(schema):
        schema['properties'][name] = parts.NEXT_PAGE
    return Feature.USAGE_PAGING, change


LIST_ANSWER = parts.series(
    parts.closed({'tenant_usages': parts.array_of(
        parts.closed(_PROJECT, optional=('server_usages',)))}),
    _has_next_page('tenant_usages_links'))
SHOW_ANSWER = parts.series(
    # Nothing at all is said of a project without servers in the period.
    parts.closed({'tenant_usage': {'anyOf': [parts.closed(_PROJECT), parts.closed({})]}}),
    _has_next_page('tenant_usage_links'))
