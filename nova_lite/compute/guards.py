# SPDX-License-Identifier: Apache-2.0
"""Whether the table of operations allows what is asked of a server. Pure."""

from nova_lite import exception


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
