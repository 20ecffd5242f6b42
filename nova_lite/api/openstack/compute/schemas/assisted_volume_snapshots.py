# SPDX-License-Identifier: Apache-2.0
"""Schemas of snapshots of volumes that a server has to help with."""

from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature

_NAME = {'type': 'string', 'minLength': 1}

CREATE = parts.series(parts.closed({'snapshot': parts.closed({
    'volume_id': _NAME,
    'create_info': parts.closed({
        'snapshot_id': _NAME, 'type': {'type': 'string', 'enum': ['qcow2']},
        'new_file': _NAME, 'id': _NAME}, optional=('id',))})}))
CREATE_ANSWER = parts.series(parts.closed({'snapshot': parts.closed({
    'id': parts.TEXT, 'volumeId': parts.TEXT})}))

DELETE_QUERY = parts.series(
    {**parts.query_of({'delete_info': parts.parameter()}), 'required': ['delete_info']},
    (Feature.STRICT_QUERIES, parts.without_unknown),
)
DELETE_INFO = validation.Schema({
    'type': 'object', 'properties': {'volume_id': _NAME}, 'required': ['volume_id']})
"""What ``delete_info`` has to say; what else is in it is the host's business."""
