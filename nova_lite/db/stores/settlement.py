# SPDX-License-Identifier: Apache-2.0
"""What the end of an operation does to the server's record and to what it held.

Resources are freed only once nothing of the guest can use them any more.
"""

from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.stores import instances, inventories, networks
from nova_lite.states import transitions, vm

servers = instances.instances


def changes_for(outcome, operation):
    """Answer the columns of the server that an outcome sets."""
    changes = {'task_state': None}
    for name in ('vm_state', 'power_state'):
        if getattr(outcome, name) is not None:
            changes[name] = getattr(outcome, name)
    if operation['kind'] == transitions.BUILD and outcome.vm_state == vm.ACTIVE:
        changes |= {'launched_at': db_now(), 'progress': 100}
    if failed_build(operation, outcome):
        changes |= {'host': None, 'node': None}
    if outcome.vm_state == vm.DELETED:
        changes |= {'deleted': True, 'deleted_at': db_now(), 'terminated_at': db_now()}
    return changes


def failed_build(operation, outcome):
    """Whether a build ended without a guest; a controller ends those, the hosts are clean."""
    return (operation['kind'] == transitions.BUILD and outcome.fault is not None
            and operation['host'] is None)


def is_local_delete(operation):
    """Whether a delete ended without its host."""
    return operation['phase'] == transitions.DELETE_LOCALLY


def release_everything(context, instance_uuid):
    """Free the room and the addresses of a server whose guest is gone for certain."""
    with engine.writer(context) as connection:
        inventories.release(context, instance_uuid)
        networks.release(context, instance_uuid)
        connection.execute(servers.update().where(servers.c.uuid == instance_uuid).values(
            network_info=[]))
