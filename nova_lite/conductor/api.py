# SPDX-License-Identifier: Apache-2.0
"""What compute uses instead of a database: the objects' indirection API."""

from oslo_versionedobjects import base

from nova_lite.conductor import rpcapi


class IndirectionAPI(base.VersionedObjectIndirectionAPI):
    """Sends the remotables of objects to a conductor."""

    def __init__(self):
        super().__init__()
        self._conductor = rpcapi.ConductorAPI()

    def object_action(self, context, objinst, objmethod, args, kwargs):
        """Run a method of an object at the conductor."""
        return self._conductor.object_action(context, objinst, objmethod, args, kwargs)

    def object_class_action(self, context, objname, objmethod, objver, args, kwargs):
        """Run a class method for a caller that knows one version only."""
        return self.object_class_action_versions(
            context, objname, objmethod, {objname: objver}, args, kwargs)

    def object_class_action_versions(self, context, objname, objmethod, object_versions,
                                     args, kwargs):
        """Run a class method; objects come back in the versions that this process knows."""
        return self._conductor.object_class_action_versions(
            context, objname, objmethod, object_versions, args, kwargs)

    def object_backport_versions(self, context, objinst, object_versions):
        """Have an object of a newer release lowered to what this process knows."""
        return self._conductor.object_backport_versions(context, objinst, object_versions)
