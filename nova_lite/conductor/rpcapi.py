# SPDX-License-Identifier: Apache-2.0
"""Client of the conductor's endpoint; the twin of manager.py.

Version history:

* 1.0 - objects, run_operation
* 1.1 - cache_images
"""

from nova_lite import rpc

TOPIC = 'conductor'

OBJECT_CALL_TIMEOUT = 5
"""Seconds; all of these are short, and repeated by those who must have an answer."""


class ConductorAPI:
    """What others ask of a conductor."""

    def __init__(self):
        self._client = rpc.Client(TOPIC, version='1.1')

    def object_class_action_versions(self, context, objname, objmethod, object_versions,
                                     args, kwargs):
        """Run a class method of an object where the database is; answer its result."""
        return self._client.call(
            context, 'object_class_action_versions', timeout=OBJECT_CALL_TIMEOUT,
            objname=objname, objmethod=objmethod, object_versions=object_versions,
            args=args, kwargs=kwargs)

    def object_action(self, context, objinst, objmethod, args, kwargs):
        """Run a method of an object; answer its changes and its result."""
        return self._client.call(
            context, 'object_action', timeout=OBJECT_CALL_TIMEOUT, objinst=objinst,
            objmethod=objmethod, args=args, kwargs=kwargs)

    def object_backport_versions(self, context, objinst, object_versions):
        """Answer the object in the versions that the caller knows."""
        return self._client.call(
            context, 'object_backport_versions', timeout=OBJECT_CALL_TIMEOUT, objinst=objinst,
            object_versions=object_versions)

    def run_operation(self, context, operation_id, instance_uuid):
        """Wake a conductor for a phase that is a controller's."""
        self._client.cast(context, 'run_operation', operation_id=operation_id,
                          instance_uuid=instance_uuid)

    def cache_images(self, context, aggregate_id, image_ids):
        """Have the hosts of an aggregate fetch images ahead of time.

        :raises VersionCapped: if the conductors are not all new enough to be asked
        """
        self._client.cast(context, 'cache_images', since='1.1', aggregate_id=aggregate_id,
                          image_ids=image_ids)
