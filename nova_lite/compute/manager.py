# SPDX-License-Identifier: Apache-2.0
"""Endpoint of a compute host; the twin of rpcapi.py.

Runs the phases of operations that belong to this host (workflows/) and the
host's periodic work (periodics/). It has no database: objects ask a conductor.
"""

from oslo_config import cfg
from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, manager, wake
from nova_lite.compute import (
    external_events,
    holdings,
    image_fetching,
    startup,
    tracker,
    workflows,
)
from nova_lite.compute import host as hosts
from nova_lite.compute.periodics import deleted_guests, power_states, usage_audit
from nova_lite.image import api as image_api
from nova_lite.network import api as network_api
from nova_lite.operations import pool, runner
from nova_lite.virt import driver as virt_driver

LOG = log.getLogger(__name__)
CONF = cfg.CONF

AUDIT_SPACING = 60
"""Seconds between two looks whether a period of the usage audit is over."""


class ComputeManager(manager.Manager):
    """What a host does for others."""

    RPC_VERSION = '1.2'

    def start(self, incarnation, was_well_for):
        """Connect the hypervisor, make the world fit the record, begin to run operations.

        :param incarnation: who this process is
        """
        images = image_api.API()
        self._host = hosts.Host(
            name=CONF.host, driver=virt_driver.load(images), network=network_api.HostAPI(CONF),
            images=images)
        self._pool = pool.make()
        self._runner = runner.Runner(
            incarnation=incarnation, host=self._host.name,
            phases=runner.phases_of(workflows.ALL, self._host),
            wake=wake.owner_of_phase, submit=self._pool.submit)
        self._tracker = tracker.Tracker(self._host)
        self._tracker.read_provider_files()
        self._host.driver.init_host(self._on_lifecycle_event)
        context = nova_context.get_admin_context()
        # A conductor that is too busy to answer is no reason to end.
        self._runner.insist(lambda: self._tracker.report(context))
        self._runner.insist(lambda: startup.restore(context, self._host, self._runner))

    def described(self):
        """Answer what runs, for a guru meditation report."""
        return self._runner.described()

    def stop(self, patience):
        """Stop; guests go on, what is unfinished is the next start's."""
        is_idle = self._runner.drain(patience)
        self._pool.shutdown(wait=is_idle)
        self._host.driver.cleanup_host()

    def run_operation(self, context, operation_id, instance_uuid):
        """Run this host's phase of an operation, if it still has to be run."""
        self._runner.wake_up(operation_id, instance_uuid, context.global_request_id)

    def console_output(self, context, instance, length):
        """Answer the end of a server's console log as text."""
        log_bytes = self._host.driver.console_output(context, instance, length)
        return log_bytes.decode('utf-8', 'replace')

    def host_uptime(self, context):
        """Answer since when the host runs and its load, as the program ``uptime`` says it."""
        return self._host.driver.uptime()

    def cache_images(self, context, image_ids):
        """Bring images here ahead of time; answer image's id -> what became of it."""
        return image_fetching.fetch(context, self._host, image_ids)

    def audit_host(self, context):
        """Answer what this host holds of servers, as plain values."""
        return holdings.read(self._host)

    def external_events(self, context, events):
        """Act on what other services say of this host's servers."""
        external_events.act_on_all(context, self._host, events)

    def _on_lifecycle_event(self, event):
        """Reflect what a guest did by itself; one that is not ours is no business of ours."""
        try:
            with nova_context.afresh():
                power_states.reflect_event(nova_context.get_admin_context(), self._host, event)
        except (exception.InstanceNotFound, exception.NotAllowed):
            LOG.debug('Event of guest %s, which is no server of this host', event.uuid)

    @manager.periodic(spacing=lambda: CONF.update_resources_interval)
    def update_available_resource(self):
        """Report what the host has."""
        self._tracker.report(nova_context.get_admin_context())

    @manager.periodic(spacing=lambda: CONF.sync_power_state_interval)
    def sync_power_states(self):
        """Compare all guests with the record."""
        power_states.compare_all(nova_context.get_admin_context(), self._host)

    @manager.periodic(spacing=lambda: CONF.running_deleted_instance_poll_interval)
    def cleanup_running_deleted_instances(self):
        """Deal with guests whose server is deleted."""
        deleted_guests.clean_up(nova_context.get_admin_context(), self._host)

    @manager.periodic(spacing=lambda: CONF.image_cache.manager_interval)
    def manage_image_cache(self):
        """Remove cached images that no server has used for long."""
        context = nova_context.get_admin_context()
        in_use = {image for server in startup.servers_of(context, self._host)
                  for image in (server.image_ref, server.kernel_id, server.ramdisk_id)}
        self._host.driver.manage_image_cache(context, in_use - {None})

    @manager.periodic(spacing=lambda: AUDIT_SPACING if CONF.instance_usage_audit else 0)
    def instance_usage_audit(self):
        """Report what the servers used in the last period, once it is over."""
        usage_audit.audit(nova_context.get_admin_context(), self._host)
