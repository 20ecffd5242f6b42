# SPDX-License-Identifier: Apache-2.0
"""What a host does before it takes new work: make the world fit the record again.

Nothing is started before the record was asked: a guest whose server was
deleted or moved while the host was away must not run.
"""

import enum

from oslo_config import cfg
from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, objects
from nova_lite.states import power, vm

LOG = log.getLogger(__name__)
CONF = cfg.CONF
PAGE = 200
"""Servers asked for at a time; a few KB each, and a message has 1 MB."""


class Repair(enum.Enum):
    """What a server needs when its host starts."""

    NOTHING = 'nothing'
    RESUME = 'start the guest that ran before'
    REFLECT = 'record what the guest does'
    LEAVE = 'an operation takes care of it'


def repair_for(*, vm_state, task_state, recorded, seen, resume_guests):
    """Decide what a server needs, from its states alone.

    :param recorded: power state in the record, seen: at the hypervisor
    """
    if task_state is not None:
        return Repair.LEAVE
    if seen == recorded:
        return Repair.NOTHING
    was_running = vm_state == vm.ACTIVE and recorded == power.RUNNING
    if resume_guests and was_running and seen in power.OFF:
        return Repair.RESUME
    return Repair.REFLECT


def servers_of(context, host):
    """Answer all servers that the record has on this host, asked in pages."""
    marker = 0
    while True:
        page = objects.InstanceList.get_by_host(context, host.name, marker, PAGE)
        yield from page
        if len(page) < PAGE:
            return
        marker = page[-1].id


def restore(context, host, runner):
    """Restore networks, go on with unfinished operations, repair the others' power.

    :param runner: operations.runner.Runner
    """
    servers = list(servers_of(context, host))
    host.network.restore(context, [(server.uuid, server.network_info) for server in servers])
    unfinished = objects.OperationList.unfinished_for_host(context, host.name)
    for operation in unfinished:
        runner.wake_up(operation.id, operation.instance_uuid)
    busy = {operation.instance_uuid for operation in unfinished}
    LOG.info('Host %s has %d server(s) and %d unfinished operation(s)', host.name, len(servers),
             len(unfinished))
    for server in servers:
        if server.uuid not in busy:
            with nova_context.about(context, server.uuid) as context_of_server:
                _try_to_repair(context_of_server, host, server)


def _try_to_repair(context, host, server):
    try:
        _repair(context, host, server)
    except exception.NovaLiteException as error:
        # One guest that can't be started must not keep the others' host down.
        LOG.exception('The power of the guest could not be repaired: %s', error)


def _repair(context, host, server):
    seen = host.driver.power_state(server)
    repair = repair_for(
        vm_state=server.vm_state, task_state=server.task_state, recorded=server.power_state,
        seen=seen, resume_guests=CONF.resume_guests_state_on_host_boot)
    if repair is Repair.RESUME:
        LOG.info('Starting the guest, which ran before')
        host.network.plug(context, server, server.network_info)
        host.driver.power_on(context, server, server.network_info)
    elif repair is Repair.REFLECT:
        state = objects.Instance.report_power_state(context, server.uuid, server.fence, seen)
        LOG.info('The guest is %s, recorded as %s', power.NAMES[seen], state)
