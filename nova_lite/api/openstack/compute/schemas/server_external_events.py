# SPDX-License-Identifier: Apache-2.0
"""Schemas of events that other services tell of servers."""

from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature
from nova_lite.states import external_event as names

_TAG = {'type': 'string', 'maxLength': 255}
_EVENT = parts.closed({
    'server_uuid': parts.UUID,
    'name': {'type': 'string', 'enum': sorted(names.OF_NETWORKS)},
    'status': {'type': 'string',
               'enum': [names.FAILED, names.COMPLETED, names.IN_PROGRESS]},
    'tag': _TAG}, optional=('status', 'tag'))
_TOLD = parts.closed(
    {**_EVENT['properties'], 'name': parts.TEXT, 'code': {'enum': [200, 400, 404, 422]}},
    optional=('tag',))


def _brings(name):
    """Answer the change that allows another event."""
    def change(schema):
        names_of = schema['properties']['events']['items']['properties']['name']
        names_of['enum'] = [*names_of['enum'], name]
    return change


CREATE = parts.series(
    parts.closed({'events': parts.array_of(_EVENT, minItems=1)}),
    (Feature.VOLUME_EXTENDED_EVENT, _brings(names.VOLUME_EXTENDED)),
    (Feature.POWER_UPDATE_EVENT, _brings(names.POWER_UPDATE)),
    (Feature.ACCELERATOR_EVENT, _brings(names.ACCELERATOR_REQUEST_BOUND)),
    (Feature.VOLUME_REIMAGED_EVENT, _brings(names.VOLUME_REIMAGED)),
)
CREATE_ANSWER = parts.series(parts.closed({'events': parts.array_of(_TOLD, minItems=1)}))
