# SPDX-License-Identifier: Apache-2.0
"""Endpoint of the conductor; the twin of rpcapi.py.

Proxies the database for hosts, which are trusted only with what is their own
(permissions.py), and runs the phases of operations that belong to controllers
(tasks/).
"""

from oslo_config import cfg
from oslo_log import log
from oslo_versionedobjects import base as ovo_base

from nova_lite import context as nova_context
from nova_lite import manager, wake
from nova_lite.compute import rpcapi as compute_rpc
from nova_lite.conductor import image_caching, permissions, tasks
from nova_lite.notifications import sender
from nova_lite.objects import base as objects_base
from nova_lite.operations import pool, runner, sweep

LOG = log.getLogger(__name__)
CONF = cfg.CONF

TOKENS_SPACING = 3600
"""Seconds; an expired token is good for nothing, it only takes room."""

LONGEST_WORK = 5.0
"""Seconds that a stop leaves to what runs: whatever takes longer waits for another daemon, which
may be stopping too, and anybody may wait in its place."""


class ConductorManager(manager.Manager):
    """What a conductor does for others."""

    RPC_VERSION = '1.1'

    def start(self, incarnation, was_well_for):
        """Begin to run operations.

        :param incarnation: who this process is
        :param was_well_for: seconds for which broker and database have been there
        """
        self._pool = pool.make()
        self._runner = runner.Runner(
            incarnation=incarnation, host=None,
            phases=runner.phases_of(tasks.ALL, tasks.Controller(CONF.host)),
            wake=wake.owner_of_phase, submit=self._pool.submit)
        self._sweeper = sweep.Sweeper(
            wake=wake.owner_of_phase, was_well_for=was_well_for)
        self._sender = sender.Sender(incarnation)

    def described(self):
        """Answer what runs, for a guru meditation report."""
        return {**self._runner.described(), 'outbox': self._sender.described()}

    def stop(self, patience):
        """Stop; what is unfinished is another conductor's, or the next start's."""
        is_idle = self._runner.drain(min(patience, LONGEST_WORK))
        self._pool.shutdown(wait=is_idle)
        self._sender.stop()

    @manager.periodic(spacing=lambda: CONF.operations.sweep_interval)
    def sweep_operations(self):
        """Set operations in motion that have stopped."""
        self._sweeper.sweep()

    @manager.periodic(spacing=sender.spacing)
    def send_notifications(self):
        """Send what other systems are to be told."""
        self._sender.send()

    @manager.periodic(spacing=TOKENS_SPACING)
    def cleanup_expired_console_auth_tokens(self):
        """Forget tokens of consoles that are not good any more, also of hosts that are gone."""
        objects_base.store('console_auth_tokens').remove_expired(
            nova_context.get_admin_context())

    def run_operation(self, context, operation_id, instance_uuid):
        """Run a controller's phase of an operation, if it still has to be run.

        Hosts may send this too, after they have handed something over: it is
        a hint, and the record decides.
        """
        self._runner.wake_up(operation_id, instance_uuid, context.global_request_id)

    def cache_images(self, context, aggregate_id, image_ids):
        """Have the hosts of an aggregate fetch images ahead of time; only the API asks.

        :raises NotAllowed: if it is a host that asks
        """
        permissions.only_controllers(context, 'cache_images')
        image_caching.Caching(
            context, aggregate_id, image_ids, compute_rpc.ComputeAPI().cache_images).begin()

    def object_class_action_versions(self, context, objname, objmethod, object_versions,
                                     args, kwargs):
        """Run a class method of an object for a caller without a database."""
        permissions.check_class_method(context, objname, objmethod, args, kwargs)
        cls = ovo_base.VersionedObject.obj_class_from_name(objname, object_versions[objname])
        result = getattr(cls, objmethod)(context, *args, **kwargs)
        if isinstance(result, ovo_base.VersionedObject):
            version = object_versions[result.obj_name()]
            return result.obj_to_primitive(target_version=version, version_manifest=object_versions)
        return result

    def object_action(self, context, objinst, objmethod, args, kwargs):
        """Run a method of an object for a caller without a database.

        :returns: the fields that changed, as primitives, and the result
        """
        objinst = permissions.check_method(context, objinst, objmethod)
        before = objinst.obj_clone()
        result = getattr(objinst, objmethod)(*args, **kwargs)
        changes = {
            name: field.to_primitive(objinst, name, getattr(objinst, name))
            for name, field in objinst.fields.items()
            if objinst.obj_attr_is_set(name) and (
                not before.obj_attr_is_set(name)
                or getattr(before, name) != getattr(objinst, name))}
        changes['obj_what_changed'] = objinst.obj_what_changed()
        return changes, result

    def object_backport_versions(self, context, objinst, object_versions):
        """Answer an object in the versions that the caller knows."""
        return objinst.obj_to_primitive(
            target_version=object_versions[objinst.obj_name()], version_manifest=object_versions)
