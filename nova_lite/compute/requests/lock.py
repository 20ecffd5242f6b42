# SPDX-License-Identifier: Apache-2.0
"""Lock and unlock: done by the request itself; the guards of other operations read the lock.

Who may take somebody else's lock away is a policy, which was asked in
api/openstack/compute/server_lock.py about the lock as it was loaded.
"""

from oslo_utils import timeutils

from nova_lite import exception
from nova_lite.compute import guards
from nova_lite.db import engine
from nova_lite.objects import base as objects_base
from nova_lite.states import transitions

OWNER = 'owner'
ADMIN = 'admin'

UNLOCKED = {'locked': False, 'locked_by': None, 'locked_reason': None}


@engine.retry_on_deadlock
def lock(context, instance, reason):
    """Lock a server; somebody of its own project leaves a lock that is there as it is."""
    is_owner = instance['project_id'] == context.project_id
    with engine.writer(context):
        now = _begin(context, instance, transitions.LOCK)
        if now['locked'] and is_owner:
            return
        _end(context, instance, transitions.LOCK, {
            'locked': True, 'locked_by': OWNER if is_owner else ADMIN, 'locked_reason': reason})


@engine.retry_on_deadlock
def unlock(context, instance):
    """Unlock a server.

    :raises InstanceIsLocked: if it is not the lock any more that was looked at
    """
    with engine.writer(context):
        now = _begin(context, instance, transitions.UNLOCK)
        if now['locked_by'] not in (None, instance['locked_by']):
            raise exception.InstanceIsLocked(instance_uuid=instance['uuid'])
        _end(context, instance, transitions.UNLOCK, UNLOCKED)


def _begin(context, instance, kind):
    return guards.check_and_touch(context, instance, transitions.TABLE[kind])


def _end(context, instance, kind, changes):
    """Change the server, record the action and tell of it."""
    action, uuid = transitions.TABLE[kind].action, instance['uuid']
    objects_base.store('instances').update(context, uuid, changes)
    moment = timeutils.utcnow().isoformat(timespec='microseconds')
    objects_base.store('actions').record(context, {'action': action, 'instance_uuid': uuid}, {
        'event': f'api_{action}', 'host': instance['host'], 'result': 'Success',
        'start_time': moment, 'finish_time': moment})
    objects_base.store('notices').done_at_once(context, uuid, action)
