# SPDX-License-Identifier: Apache-2.0
"""Metadata of servers: done by the request itself; guests read it from the database."""

from nova_lite import exception
from nova_lite.compute import guards
from nova_lite.db import engine
from nova_lite.objects import base as objects_base
from nova_lite.quota import api as quota
from nova_lite.states import transitions


@engine.retry_on_deadlock
def update(context, instance, pairs, *, replace):
    """Set pairs; answer all that the server has then.

    :param replace: remove the others
    :raises InstanceInvalidState: the server is not built, or broken
    :raises InstanceIsLocked: a lock stops it
    :raises MetadataLimitExceeded: the server would have more than the quota allows
    """
    store = objects_base.store('server_metadata')
    limits = quota.limits_of(context, instance['project_id'], instance['user_id'])
    with engine.writer(context):
        _begin(context, instance)
        if replace:
            store.clear(context, instance['uuid'])
        store.put(context, instance['uuid'], pairs)
        found = store.get(context, instance['uuid'])
        quota.check_metadata(limits, len(found))
        return found


@engine.retry_on_deadlock
def remove(context, instance, key):
    """Remove one pair.

    :raises MetadataItemNotFound: the server has none of that name
    """
    with engine.writer(context):
        _begin(context, instance)
        if not objects_base.store('server_metadata').remove(context, instance['uuid'], key):
            raise exception.MetadataItemNotFound(key=key)


def _begin(context, instance):
    guards.check_and_touch(
        context, instance, transitions.TABLE[transitions.UPDATE_METADATA])
