# SPDX-License-Identifier: Apache-2.0
"""The front door of the fake driver; its twin is virt/libvirt/driver.py.

It behaves as a hypervisor would, without guests: what was made is there until it
is removed, also after a restart if ``[fake_driver] state_directory`` is set.
"""

import datetime
import os
import tempfile
import time

import os_traits
from oslo_config import cfg
from oslo_utils import timeutils

from nova_lite import exception
from nova_lite.states import power
from nova_lite.virt import driver
from nova_lite.virt.fake import disturbance, world
from nova_lite.virt.fake.disturbance import disturbed

CONF = cfg.CONF

ARCHITECTURE = 'x86_64'
SUPPORTED = ((ARCHITECTURE, 'fake', 'hvm'),)
STAGES = ('firmware', 'boot loader', 'kernel', 'memory', 'clock', 'devices', 'disks',
          'file systems', 'network', 'hostname', 'keys', 'services')
"""What a starting guest tells of, a line each: more than clients ask for as the last lines."""


class FakeDriver(driver.ComputeDriver):
    """Guests that are records.

    :ivar disturbance: delays, failures and hooks
    :ivar world: what exists on the host
    """

    def __init__(self, host_name, images):
        super().__init__(host_name, images)
        self.disturbance = disturbance.Disturbance(CONF.fake_driver)
        self.world = world.create(CONF.fake_driver.state_directory)
        self._on_lifecycle_event = None
        self._made_at = time.monotonic()

    @disturbed
    def init_host(self, on_lifecycle_event):
        """Begin to tell events."""
        self._on_lifecycle_event = on_lifecycle_event

    def cleanup_host(self):
        """Tell no more events."""
        self._on_lifecycle_event = None
        self.disturbance.stop()

    def nodes(self):
        """Answer the names of the nodes."""
        if CONF.fake_driver.node_names:
            return list(CONF.fake_driver.node_names)
        if CONF.fake_driver.nodes == 1:
            return [self.host_name]
        return [f'{self.host_name}-node-{number}' for number in range(CONF.fake_driver.nodes)]

    @disturbed
    def resources(self, node):
        """Answer what the configuration says; the disk is that of all nodes."""
        guests = [self.world.get(world.GUESTS, uuid) for uuid in self.world.keys(world.GUESTS)]
        return driver.HostResources(
            vcpus=CONF.fake_driver.vcpus,
            memory_mb=CONF.fake_driver.memory_mb,
            memory_mb_used=sum(guest['memory_mb'] for guest in guests
                               if guest and guest['node'] == node),
            local_gb=CONF.fake_driver.local_gb,
            disk_available_least=CONF.fake_driver.local_gb,
            hypervisor_type='fake',
            hypervisor_version=1000,
            cpu_arch=ARCHITECTURE,
            cpu_info={'arch': ARCHITECTURE, 'model': 'fake', 'vendor': 'fake',
                      'topology': {'sockets': 1, 'cores': CONF.fake_driver.vcpus, 'threads': 1},
                      'features': []},
            supported_instances=SUPPORTED,
            others={name: {'total': int(total)}
                    for name, total in CONF.fake_driver.resources.items()})

    @disturbed
    def traits(self, node):
        """Answer what the configuration says, and that this is a compute node."""
        return frozenset({os_traits.COMPUTE_NODE, *CONF.fake_driver.traits})

    def uptime(self):
        """Answer how long this process has been the host, which nobody loads."""
        ran = datetime.timedelta(seconds=int(time.monotonic() - self._made_at))
        return f' {timeutils.utcnow():%H:%M:%S} up {ran},  0 users,  load average: 0.00, 0.00, 0.00'

    def has_images(self, instance):
        """Whether the server's images were fetched."""
        return all(self.world.get(world.IMAGES, image) is not None
                   for image in image_ids(instance))

    @disturbed
    def fetch_images(self, context, instance):
        """Note that the images are here; nothing is downloaded."""
        for image in image_ids(instance):
            self.world.put(world.IMAGES, image, {'last_used': timeutils.utcnow().isoformat()})

    @disturbed
    def cache_image(self, context, image_meta):
        """Note that the image is here."""
        is_new = self.world.get(world.IMAGES, image_meta.id) is None
        self.world.put(world.IMAGES, image_meta.id, {
            'last_used': timeutils.utcnow().isoformat()})
        return is_new

    @disturbed
    def manage_image_cache(self, context, in_use):
        """Forget images that no server uses, at once."""
        for image in self.world.keys(world.IMAGES):
            if image not in in_use:
                self.world.remove(world.IMAGES, image)

    def has_disks(self, instance):
        """Whether the disks were made."""
        return self.world.get(world.DISKS, instance.uuid) is not None

    @disturbed
    def create_disks(self, context, instance):
        """Note the sizes of the disks."""
        self.world.put(world.DISKS, instance.uuid, {
            'root_gb': instance.flavor.root_gb, 'ephemeral_gb': instance.flavor.ephemeral_gb,
            'swap_mb': instance.flavor.swap})

    @disturbed
    def remove_disks(self, instance):
        """Forget the server's disks and its config drive."""
        self._forget_files(instance.uuid)

    def list_disks(self):
        """Answer the uuids of what was made."""
        return sorted({*self.world.keys(world.DISKS), *self.world.keys(world.CONFIG_DRIVES)})

    def has_config_drive(self, instance):
        """Whether the config drive was made."""
        return self.world.get(world.CONFIG_DRIVES, instance.uuid) is not None

    @disturbed
    def write_config_drive(self, instance, write):
        """Let the drive be written and note its size."""
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, 'disk.config')
            write(path)
            size = os.path.getsize(path)
        self.world.put(world.CONFIG_DRIVES, instance.uuid, {'size': size})

    @disturbed
    def remove_config_drive(self, instance):
        """Forget the config drive."""
        self.world.remove(world.CONFIG_DRIVES, instance.uuid)

    def power_state(self, instance):
        """Answer the noted power state."""
        guest = self.world.get(world.GUESTS, instance.uuid)
        return guest['power_state'] if guest else power.NOSTATE

    def list_guests(self):
        """Answer all guests."""
        found = [(uuid, self.world.get(world.GUESTS, uuid))
                 for uuid in self.world.keys(world.GUESTS)]
        return [driver.GuestRecord(uuid=uuid, name=guest['name'], fence=guest['fence'],
                                   power_state=guest['power_state'])
                for uuid, guest in found if guest]

    def is_guest_started(self, instance):
        """Whether the guest runs with the server's fence."""
        guest = self.world.get(world.GUESTS, instance.uuid)
        return (guest is not None and guest['power_state'] == power.RUNNING
                and guest['fence'] == instance.fence)

    @disturbed
    def start_guest(self, context, instance, network_info):
        """Note a running guest."""
        self._start(instance, network_info)

    @disturbed
    def remove_guest(self, instance):
        """Forget the guest."""
        self.world.remove(world.GUESTS, instance.uuid)

    @disturbed
    def destroy(self, context, instance, network_info):
        """Forget all of the server."""
        self._forget(instance.uuid)

    @disturbed
    def destroy_guest(self, context, uuid):
        """Forget all of a server by its uuid."""
        self._forget(uuid)

    @disturbed
    def power_on(self, context, instance, network_info):
        """Note that the guest runs."""
        self._start(instance, network_info)

    @disturbed
    def power_off(self, context, instance, timing):
        """Note that the guest is off; it does what it is asked, at once."""
        self._set_power_state(instance.uuid, power.SHUTDOWN)

    @disturbed
    def power_off_guest(self, uuid):
        """Note that the guest is off."""
        self._set_power_state(uuid, power.SHUTDOWN)

    def console_output(self, context, instance, length):
        """Answer what a guest would write when it starts."""
        guest = self.world.get(world.GUESTS, instance.uuid)
        if guest is None:
            raise exception.ConsoleLogNotAvailable(instance_uuid=instance.uuid)
        lines = [f'fake guest {guest["name"]} on {guest["node"]}',
                 *(f'{stage}: ok' for stage in STAGES), 'login:']
        first = 0 if length is None else max(0, len(lines) - length)
        return '\n'.join(lines[first:]).encode()

    def change_guest(self, uuid, power_state):
        """Let a guest do something by itself, and tell the event; for tests."""
        self._set_power_state(uuid, power_state)
        if self._on_lifecycle_event is not None:
            self._on_lifecycle_event(driver.LifecycleEvent(
                uuid=uuid, transition=power_state, timestamp=timeutils.utcnow()))

    def _start(self, instance, network_info):
        guest = self.world.get(world.GUESTS, instance.uuid)
        if guest and guest['power_state'] == power.RUNNING and guest['fence'] > instance.fence:
            raise exception.GuestFenced(
                instance_uuid=instance.uuid, running=guest['fence'], fence=instance.fence)
        if not self.has_disks(instance):
            raise exception.GuestStartFailed(instance_uuid=instance.uuid, reason='it has no disks')
        self.world.put(world.GUESTS, instance.uuid, {
            'name': instance.name, 'node': instance.node, 'fence': instance.fence,
            'memory_mb': instance.flavor.memory_mb, 'power_state': power.RUNNING,
            'devices': [nic.devname for nic in network_info]})

    def _set_power_state(self, uuid, power_state):
        guest = self.world.get(world.GUESTS, uuid)
        if guest is not None:
            self.world.put(world.GUESTS, uuid, dict(guest, power_state=power_state))

    def _forget(self, uuid):
        self.world.remove(world.GUESTS, uuid)
        self._forget_files(uuid)

    def _forget_files(self, uuid):
        self.world.remove(world.CONFIG_DRIVES, uuid)
        self.world.remove(world.DISKS, uuid)


def image_ids(instance):
    """Answer the ids of the images that a server boots from."""
    return [image for image in (instance.image_ref, instance.kernel_id, instance.ramdisk_id)
            if image]
