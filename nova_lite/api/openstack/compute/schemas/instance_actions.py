# SPDX-License-Identifier: Apache-2.0
"""Schemas of the record of what was asked of a server."""

from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature


def _paged(schema):
    schema['properties'].update({**parts.PAGING, 'changes-since': parts.MOMENT_PARAMETER})
    parts.without_unknown(schema)


def _until(schema):
    schema['properties']['changes-before'] = parts.MOMENT_PARAMETER


LIST_QUERY = parts.series(
    parts.query_of({}),
    (Feature.ACTION_PAGING, _paged),
    (Feature.CHANGES_BEFORE, _until),
)

_ACTION = {
    'action': parts.TEXT, 'instance_uuid': parts.UUID, 'request_id': parts.TEXT,
    'user_id': parts.TEXT_OR_NULL, 'project_id': parts.TEXT_OR_NULL,
    'start_time': parts.FINE_MOMENT_OR_NULL, 'message': parts.TEXT_OR_NULL}
# What is not required is for those whom a policy lets see it.
_EVENT = parts.closed({
    'event': parts.TEXT, 'start_time': parts.FINE_MOMENT_OR_NULL,
    'finish_time': parts.FINE_MOMENT_OR_NULL, 'result': parts.TEXT_OR_NULL,
    'traceback': parts.TEXT_OR_NULL}, optional=('traceback',))


def _has_moment_of_change(schema):
    properties = schema['properties']
    action = (properties['instanceAction'] if 'instanceAction' in properties
              else properties['instanceActions']['items'])
    action['properties']['updated_at'] = parts.FINE_MOMENT_OR_NULL
    action['required'] = [*action['required'], 'updated_at']


def _has_next_page(schema):
    _has_moment_of_change(schema)
    schema['properties']['links'] = parts.NEXT_PAGE


def _event_of(schema):
    return schema['properties']['instanceAction']['properties']['events']['items']


def _events_are_for_owners(schema):
    action = schema['properties']['instanceAction']
    action['required'] = [*action['required'], 'events']


def _has_host(schema):
    event = _event_of(schema)
    event['properties'].update({'host': parts.TEXT_OR_NULL, 'hostId': parts.TEXT})
    event['required'] = [*event['required'], 'hostId']


def _has_details(schema):
    _event_of(schema)['properties']['details'] = parts.TEXT_OR_NULL


LIST_ANSWER = parts.series(
    parts.closed({'instanceActions': parts.array_of(parts.closed(_ACTION))}),
    (Feature.ACTION_PAGING, _has_next_page),
)
SHOW_ANSWER = parts.series(
    parts.closed({'instanceAction': parts.closed(
        {**_ACTION, 'events': parts.array_of(_EVENT)}, optional=('events',))}),
    (Feature.ACTION_EVENTS_FOR_OWNER, _events_are_for_owners),
    (Feature.ACTION_PAGING, _has_moment_of_change),
    (Feature.ACTION_EVENT_HOST, _has_host),
    (Feature.ACTION_EVENT_DETAILS, _has_details),
)
