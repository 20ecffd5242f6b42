# SPDX-License-Identifier: Apache-2.0
"""Power states: what guests do by themselves is recorded.

The hypervisor's events bring it at once; the comparison of all guests is the
safety net for events that were missed.
"""

from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, objects
from nova_lite.compute import startup

LOG = log.getLogger(__name__)


def reflect(context, server, seen):
    """Record what a guest was seen doing, unless the record says so already."""
    if server.task_state is None and seen != server.power_state:
        state = objects.Instance.report_power_state(context, server.uuid, server.fence, seen)
        LOG.info('The guest was seen in power state %d, recorded as %s', seen, state)


def reflect_event(context, host, event):
    """Record what an event of the hypervisor tells, by looking at the guest itself."""
    with nova_context.about(context, event.uuid) as context_of_server:
        server = objects.Instance.get_by_uuid(context_of_server, event.uuid)
        reflect(context_of_server, server, host.driver.power_state(server))


def compare_all(context, host):
    """Compare every server of the host with its guest; one that can't be looked at waits."""
    for server in startup.servers_of(context, host):
        with nova_context.about(context, server.uuid) as context_of_server:
            _compare(context_of_server, host, server)


def _compare(context, host, server):
    try:
        reflect(context, server, host.driver.power_state(server))
    except exception.NovaLiteException as error:
        LOG.warning('Could not compare the server with its guest: %s', error)
