# SPDX-License-Identifier: Apache-2.0
"""Build, the host's phase: images, disks, network, config drive, guest.

A controller has chosen this host, claimed its room and given the server its
addresses (conductor/tasks/build.py). What fails here is undone here; the
controller then decides whether another host is tried.
"""

import dataclasses
from typing import Any

from oslo_config import cfg
from oslo_log import log

from nova_lite import exception, objects
from nova_lite import steps as journals
from nova_lite.compute import host as hosts
from nova_lite.instance_metadata import config_drive, facts
from nova_lite.operations import failure, lease, runner
from nova_lite.states import power, transitions, vm
from nova_lite.steps import Step

LOG = log.getLogger(__name__)
CONF = cfg.CONF

HOPELESS = (exception.ImageNotFound, exception.ImageNotActive, exception.ImageCorrupt,
            exception.ImageUnacceptable, exception.InvalidDiskFormat,
            exception.ImageServiceRefuses, exception.FlavorDiskTooSmall,
            exception.FlavorMemoryTooSmall)
"""Failures that another host would meet too."""


@dataclasses.dataclass
class Build:
    """What the steps of one build work with.

    :ivar power_state: of the guest, once it was seen
    """

    host: hosts.Host
    context: Any
    instance: Any
    secrets: dict
    lease: lease.Lease
    power_state: int = power.NOSTATE


def has_images(build):
    """Whether the images lie on the host."""
    return build.host.driver.has_images(build.instance)


def fetch_images(build):
    """Bring the images to the host."""
    build.host.driver.fetch_images(build.context, build.instance)


def has_disks(build):
    """Whether the server's disks are there."""
    return build.host.driver.has_disks(build.instance)


def create_disks(build):
    """Create the server's disks; copying an image may have taken long."""
    build.lease.check()
    build.host.driver.create_disks(build.context, build.instance)


def remove_disks(build):
    """Remove the server's disks."""
    build.host.driver.remove_disks(build.instance)


def plug_networks(build):
    """Prepare the host for the server's NICs."""
    build.host.network.plug(build.context, build.instance, build.instance.network_info)


def unplug_networks(build):
    """Forget the server's NICs."""
    build.host.network.unplug(build.context, build.instance, build.instance.network_info)


def has_config_drive(build):
    """Whether the config drive is there, or not wanted."""
    return (not build.instance.config_drive
            or build.host.driver.has_config_drive(build.instance))


def write_config_drive(build):
    """Write what the guest may know of itself onto a drive of its own."""
    known = facts.GuestFacts.from_instance(
        build.instance, build.instance.network_info,
        admin_password=build.secrets.get('admin_password'),
        injected_files=build.secrets.get('injected_files', ()))
    build.host.driver.write_config_drive(
        build.instance, lambda path: config_drive.build(path, known))


def remove_config_drive(build):
    """Remove the config drive."""
    build.host.driver.remove_config_drive(build.instance)


def is_guest_started(build):
    """Whether this operation has started the guest already."""
    return build.host.driver.is_guest_started(build.instance)


def start_guest(build):
    """Start the guest, if the server is certainly still ours."""
    build.lease.make_certain()
    build.host.driver.start_guest(build.context, build.instance, build.instance.network_info)


def remove_guest(build):
    """Put the guest out and forget it."""
    build.host.driver.remove_guest(build.instance)


def see_guest(build):
    """Make sure that the guest is there; one that dies at once was never built.

    :raises GuestStartFailed: if it is not
    """
    build.power_state = build.host.driver.power_state(build.instance)
    if build.power_state in power.OFF:
        raise exception.GuestStartFailed(
            instance_uuid=build.instance.uuid, reason='it ended as soon as it had started')


STEPS = (
    Step('fetch images', fetch_images, None, has_images),
    Step('create disks', create_disks, remove_disks, has_disks),
    Step('plug networks', plug_networks, unplug_networks),
    Step('write config drive', write_config_drive, remove_config_drive, has_config_drive),
    # Late: until here nothing of the guest runs, so undoing the others needs no hypervisor.
    Step('start guest', start_guest, remove_guest, is_guest_started),
    Step('see guest', see_guest),
)


def hand_back(host, context, work, error):
    """Let a controller decide what comes next; nothing of the guest is on this host.

    :raises UndoFailed: something may be left, so nobody else may go on; the
        phase is tried again here until enough is enough
    """
    if isinstance(error, exception.UndoFailed):
        if work.operation.attempts < CONF.operations.max_attempts_on_host:
            raise error
        return failure.outcome(error, work, vm_state=vm.ERROR, host=host.name)
    problem = {'message': failure.fault(error)['message'],
               'can_be_tried_elsewhere': not isinstance(error, HOPELESS)}
    return objects.HandOver(
        context, phase=transitions.RESCHEDULE, host=None, node=None,
        changes={'problem': problem, 'failed_on': [host.name, work.instance.node]},
        events=work.events)


@runner.workflow(transitions.BUILD, transitions.SPAWN, on_failure=hand_back)
def spawn(host, context, work, lease):
    """Build the guest and start it."""
    build = Build(host=host, context=context, instance=work.instance, secrets=work.secrets,
                  lease=lease)
    journal = work.journal = journals.Journal(host.name)
    with journal.record('compute__do_build_and_run_instance'):
        journals.run(STEPS, build, journal=journal, before_each=lambda _name: lease.check())
    return objects.Outcome(
        vm_state=vm.ACTIVE, power_state=build.power_state, events=journal.events)
