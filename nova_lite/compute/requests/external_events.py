# SPDX-License-Identifier: Apache-2.0
"""What other services say of servers goes to the hosts of these: one message each.

On the host: nova_lite/compute/external_events.py. Nothing is recorded: an event
is a hint, and what it is about is looked at by the periodic tasks too.
"""

import collections

from oslo_log import log

from nova_lite import exception
from nova_lite.compute import rpcapi
from nova_lite.objects import base as objects_base
from nova_lite.states import external_event as names

LOG = log.getLogger(__name__)

TAKEN = 200
WRONG = 400
NO_SERVER = 404
NO_HOST = 422
"""Codes of single events."""

POWER_TAGS = frozenset({names.POWER_ON, names.POWER_OFF})


def deliver(context, events):
    """Send events to the hosts of their servers; answer the code of each.

    :param events: dicts with server_uuid, name, status and tag
    :raises NoServerOfEvents: if none can be taken
    :raises HostsTakeNoEvents: if a host is of a release that knows no events
    """
    uuids = {event['server_uuid'] for event in events}
    hosts = objects_base.store('instances').hosts_of(context, uuids)
    codes = [code_of(event, hosts) for event in events]
    by_host = collections.defaultdict(list)
    for number, (event, code) in enumerate(zip(events, codes, strict=True)):
        if code == TAKEN:
            by_host[hosts[event['server_uuid']]].append(number)
    if not by_host:
        raise exception.NoServerOfEvents
    compute = rpcapi.ComputeAPI()
    if not compute.can_take_external_events():
        raise exception.HostsTakeNoEvents
    for host, numbers in by_host.items():
        if not _send(context, compute, host, [events[number] for number in numbers]):
            codes = [NO_HOST if number in numbers else code for number, code in enumerate(codes)]
    return codes


def code_of(event, hosts):
    """Answer what is to be said of an event. Pure.

    :param hosts: uuid -> host of the servers that there are
    """
    if event['server_uuid'] not in hosts:
        return NO_SERVER
    if event['name'] == names.POWER_UPDATE and event['tag'] not in POWER_TAGS:
        return WRONG
    return NO_HOST if hosts[event['server_uuid']] is None else TAKEN


def _send(context, compute, host, events):
    """Answer whether the host has a queue."""
    try:
        compute.external_events(context, host, events)
    except exception.RecipientUnknown as error:
        LOG.warning('Events of %d server(s) were lost: %s', len(events), error)
        return False
    return True
