# SPDX-License-Identifier: Apache-2.0
"""Guests whose server is deleted: a host that was away may still run one."""

from oslo_config import cfg
from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, objects

LOG = log.getLogger(__name__)
CONF = cfg.CONF


def clean_up(context, host):
    """Look for guests that the record does not have on this host, and deal with them."""
    action = CONF.running_deleted_instance_action
    if action == 'noop':
        return
    for guest in host.driver.list_guests():
        with nova_context.about(context, guest.uuid) as context_of_server:
            if _is_deleted(context_of_server, guest):
                LOG.warning('Guest %s of the deleted server is still here: %s', guest.name, action)
                _deal_with(context_of_server, host, guest, action)


def _is_deleted(context, guest):
    """Whether the server is gone; one that an operation has in hand is not, yet.

    A guest whose server is on another host now is nobody's to touch from here: the
    operation that moved the server has to say what becomes of it.
    """
    try:
        objects.Instance.get_by_uuid(context, guest.uuid)
    except exception.InstanceNotFound:
        return True
    except exception.NotAllowed:
        LOG.warning('Guest %s is here although the server is on another host; leaving it alone',
                    guest.name)
    return False


def _deal_with(context, host, guest, action):
    try:
        if action == 'shutdown':
            host.driver.power_off_guest(guest.uuid)
        elif action == 'reap':
            host.driver.destroy_guest(context, guest.uuid)
    except exception.NovaLiteException as error:
        LOG.warning('Guest %s could not be dealt with, it will be tried again: %s', guest.name,
                    error)
