# SPDX-License-Identifier: Apache-2.0
"""Whether the table of operations allows what is asked of a server."""

from nova_lite import exception
from nova_lite.objects import base as objects_base


def check_and_touch(context, instance, row):
    """Note that a server changes now, if the table allows it, in the caller's transaction.

    Nobody else changes the server until the transaction ends. Answers its row as it is.

    :param instance: row of the server as it was loaded
    :raises InstanceIsLocked: a lock stops it and the caller is no admin
    :raises InstanceInvalidState: it may not start from the present states
    """
    store = objects_base.store('instances')
    store.update(context, instance['uuid'], {})
    now = store.get_by_uuid(context, instance['uuid'])
    check(context, now, row)
    return now


def check(context, instance, row):
    """Refuse an operation that the server's state or its lock forbids.

    :param instance: row of the server, as it was before the operation
    :param row: the operation's row of the table
    :raises InstanceIsLocked: a lock stops it and the caller is no admin
    :raises InstanceInvalidState: it may not start from these states
    """
    if row.stopped_by_lock and instance['locked'] and not context.is_admin:
        raise exception.InstanceIsLocked(instance_uuid=instance['uuid'])
    for attribute, allowed in (('vm_state', row.from_vm_states),
                               ('task_state', row.from_task_states)):
        if allowed is not None and instance[attribute] not in allowed:
            raise exception.InstanceInvalidState(
                method=row.kind, instance_uuid=instance['uuid'], attr=attribute,
                state=instance[attribute])
