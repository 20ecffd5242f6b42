# SPDX-License-Identifier: Apache-2.0
"""Tags of servers: done by the request itself."""

from nova_lite import exception
from nova_lite.compute import guards
from nova_lite.db import engine
from nova_lite.objects import base as objects_base
from nova_lite.states import transitions

MOST = 50
"""Tags that a server can have."""


@engine.retry_on_deadlock
def replace(context, instance, names):
    """Give a server exactly these tags; answer them in their order.

    :raises InstanceInvalidState: the server is not built, or broken
    """
    store = objects_base.store('server_tags')
    with engine.writer(context):
        _begin(context, instance)
        store.clear(context, instance['uuid'])
        store.add(context, instance['uuid'], set(names))
        _tell(context, instance)
        return store.get(context, instance['uuid'])


@engine.retry_on_deadlock
def add(context, instance, name):
    """Add a tag; answer whether it is new.

    :raises TooManyTags: the server has as many as it can have
    """
    store = objects_base.store('server_tags')
    with engine.writer(context):
        _begin(context, instance)
        present = store.get(context, instance['uuid'])
        # The database may take names for one that differ by spaces at the end alone.
        if name.rstrip(' ') in {tag.rstrip(' ') for tag in present}:
            return False
        if len(present) >= MOST:
            raise exception.TooManyTags(most=MOST)
        store.add(context, instance['uuid'], {name})
        _tell(context, instance)
        return True


@engine.retry_on_deadlock
def remove(context, instance, name):
    """Remove a tag.

    :raises TagNotFound: the server does not have it
    """
    with engine.writer(context):
        _begin(context, instance)
        if not objects_base.store('server_tags').remove(context, instance['uuid'], name):
            raise exception.TagNotFound(instance_uuid=instance['uuid'], tag=name)
        _tell(context, instance)


def _begin(context, instance):
    guards.check_and_touch(context, instance, transitions.TABLE[transitions.UPDATE_TAGS])


def _tell(context, instance):
    objects_base.store('notices').tagged(context, instance['uuid'])
