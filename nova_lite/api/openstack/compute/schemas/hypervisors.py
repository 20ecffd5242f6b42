# SPDX-License-Identifier: Apache-2.0
"""Schemas of hypervisors."""

from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature

NAME_PATTERN = {'minLength': 1, 'maxLength': 255, 'pattern': r'\A[a-zA-Z0-9\-._]*\Z'}
ONCE = {'maxItems': 1}


def _with_paging(schema):
    schema['properties'].update(parts.PAGING)


def _with_search(schema):
    schema['properties'].update({
        'limit': {**parts.PAGING['limit'], **ONCE},
        'marker': {**parts.parameter(format='uuid'), **ONCE},
        'hypervisor_hostname_pattern': {**parts.parameter(**NAME_PATTERN), **ONCE}})
    _with_servers(schema)


def _with_servers(schema):
    parts.without_unknown(schema)
    schema['properties']['with_servers'] = {**parts.FLAG_PARAMETER, **ONCE}


NO_QUERY = parts.series(parts.query_of({}), (Feature.STRICT_QUERIES, parts.without_unknown))
LIST_QUERY = parts.series(
    parts.query_of({}), (Feature.HYPERVISOR_PAGING, _with_paging),
    (Feature.HYPERVISOR_UUID, _with_search))
SHOW_QUERY = parts.series(parts.query_of({}), (Feature.HYPERVISOR_UUID, _with_servers))

_SHORT = {
    'id': parts.INTEGER, 'hypervisor_hostname': parts.TEXT,
    'state': {'enum': ['up', 'down']}, 'status': {'enum': ['enabled', 'disabled']}}
_FIGURES = dict.fromkeys((
    'current_workload', 'free_disk_gb', 'free_ram_mb', 'local_gb', 'local_gb_used', 'memory_mb',
    'memory_mb_used', 'running_vms', 'vcpus', 'vcpus_used'), parts.INTEGER)
_GONE_WITH_2_88 = {
    **_FIGURES, 'cpu_info': parts.TEXT, 'disk_available_least': {'type': ['integer', 'null']}}
_DETAILED = {
    **_SHORT, **_GONE_WITH_2_88, 'host_ip': parts.TEXT_OR_NULL, 'hypervisor_type': parts.TEXT,
    'hypervisor_version': parts.INTEGER,
    'service': parts.closed({'host': parts.TEXT, 'id': parts.INTEGER,
                             'disabled_reason': parts.TEXT_OR_NULL})}
_SERVERS = parts.array_of(parts.closed({'name': parts.TEXT, 'uuid': parts.UUID}))


def _each(change):
    """Apply a change to the hypervisor in an answer with one or with a list of them."""
    def to_answer(schema):
        properties = schema['properties']
        change(properties.get('hypervisor') or properties['hypervisors']['items'])
    return to_answer


def _has_cpu_info_object(hypervisor):
    hypervisor['properties']['cpu_info'] = {'type': 'object'}


def _has_uuid(hypervisor):
    properties = hypervisor['properties']
    properties['id'] = parts.UUID
    properties['servers'] = _SERVERS
    if 'service' in properties:
        properties['service']['properties']['id'] = parts.UUID


def _has_uptime(hypervisor):
    for name in _GONE_WITH_2_88:
        del hypervisor['properties'][name]
    hypervisor['properties']['uptime'] = parts.TEXT_OR_NULL
    hypervisor['required'] = [name for name in hypervisor['properties'] if name != 'servers']


def _has_next_page(schema):
    schema['properties']['hypervisors_links'] = parts.NEXT_PAGE


def _list_of(hypervisor):
    return parts.closed({'hypervisors': parts.array_of(parts.closed(hypervisor))})


_CPU_INFO = (Feature.CPU_INFO_OBJECT, _each(_has_cpu_info_object))
_PAGES = (Feature.HYPERVISOR_PAGING, _has_next_page)
_UUID = (Feature.HYPERVISOR_UUID, _each(_has_uuid))
_UPTIME = (Feature.HYPERVISOR_UPTIME, _each(_has_uptime))

LIST_ANSWER = parts.series(_list_of(_SHORT), _PAGES, _UUID)
DETAIL_ANSWER = parts.series(_list_of(_DETAILED), _CPU_INFO, _PAGES, _UUID, _UPTIME)
SHOW_ANSWER = parts.series(
    parts.closed({'hypervisor': parts.closed(_DETAILED)}), _CPU_INFO, _UUID, _UPTIME)
UPTIME_ANSWER = parts.series(
    parts.closed({'hypervisor': parts.closed({**_SHORT, 'uptime': parts.TEXT})}),
    (Feature.HYPERVISOR_UUID, _each(lambda one: one['properties'].update(id=parts.UUID))))
SEARCH_ANSWER = parts.series(_list_of(_SHORT))
SERVERS_ANSWER = parts.series(parts.closed({'hypervisors': parts.array_of(
    parts.closed({**_SHORT, 'servers': _SERVERS}, optional=('servers',)))}))
STATISTICS_ANSWER = parts.series(parts.closed({'hypervisor_statistics': parts.closed({
    'count': parts.COUNT, **_FIGURES, 'disk_available_least': parts.INTEGER})}))
