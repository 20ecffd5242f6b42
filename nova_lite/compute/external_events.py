# SPDX-License-Identifier: Apache-2.0
"""What other services say of a host's servers, and what the host does about it.

compute/requests/external_events.py has sent it to the host that the server is
on. It is a hint and no fact: the host looks at the record and at the guest
itself. Work that waits for an event would take it here, before it is acted on.
"""

from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, objects
from nova_lite.compute.periodics import power_states
from nova_lite.states import external_event as names

LOG = log.getLogger(__name__)


def act_on_all(context, host, events):
    """Act on events one after the other; one that fails keeps no other from being acted on."""
    for event in events:
        with nova_context.about(context, event['server_uuid']) as context_of_server:
            _try_to_act(context_of_server, host, event)


def _try_to_act(context, host, event):
    LOG.info('Event %(name)s (tag %(tag)s) is %(status)s', event)
    try:
        act = ACTIONS.get(event['name'])
        if act is not None:
            act(context, host, objects.Instance.get_by_uuid(context, event['server_uuid']))
    except (exception.InstanceNotFound, exception.NotAllowed):
        LOG.debug('The server is not on this host any more')
    except exception.NovaLiteException as error:
        LOG.exception('Event %s could not be acted on: %s', event['name'], error)


def _refresh_network(context, host, server):
    """Set the host's side of the network up again, as the record has it."""
    if not host.network.refresh(context, server, server.network_info):
        LOG.debug('Nothing of the server is plugged here')


def _look_at_power(context, host, server):
    power_states.reflect(context, server, host.driver.power_state(server))


ACTIONS = {**dict.fromkeys(names.OF_NETWORKS, _refresh_network),
           names.POWER_UPDATE: _look_at_power}
"""What is done about an event; about the others it is enough that the log has them."""
