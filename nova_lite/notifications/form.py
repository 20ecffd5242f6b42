# SPDX-License-Identifier: Apache-2.0
"""The form of a notification: what goes around a payload, and around the objects in it. Pure."""

import dataclasses

from oslo_config import cfg

CONF = cfg.CONF

NAMESPACE = 'nova'
INFO = 'INFO'
ERROR = 'ERROR'
START, END = 'start', 'end'

API = 'nova-api'
COMPUTE = 'nova-compute'
CONDUCTOR = 'nova-conductor'
SCHEDULER = 'nova-scheduler'
"""Names of daemons as consumers know them."""


@dataclasses.dataclass(frozen=True)
class Event:
    """One notification before it is recorded.

    :ivar subject: what it is about; those of one subject arrive in their order
    """

    event_type: str
    subject: str
    publisher_id: str
    payload: dict
    priority: str = INFO


def publisher(binary, host=None):
    """Answer who says something; a daemon of this host unless another is named."""
    return f'{binary}:{host or CONF.host}'


def versioned(object_name, object_version, /, **values):
    """Answer an object of a payload."""
    return {'nova_object.name': object_name, 'nova_object.namespace': NAMESPACE,
            'nova_object.version': object_version, 'nova_object.data': values}


def moment(when):
    """Answer a time as payloads have it; None for None."""
    return when and when.strftime('%Y-%m-%dT%H:%M:%SZ')
