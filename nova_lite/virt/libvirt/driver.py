# SPDX-License-Identifier: Apache-2.0
"""The front door of the libvirt driver; its twin is virt/fake/driver.py.

A table of contents: what each method does stands in the module that it calls.
"""

import pathlib

from oslo_config import cfg
from oslo_log import log

from nova_lite import exception, version
from nova_lite.image import formats
from nova_lite.states import power
from nova_lite.virt import driver
from nova_lite.virt.libvirt import console, cpu, host, resources, traits, virt_type
from nova_lite.virt.libvirt import power as powers
from nova_lite.virt.libvirt.disk import cache_mode, creation, image_cache, layout
from nova_lite.virt.libvirt.domain import definition, metadata

LOG = log.getLogger(__name__)
CONF = cfg.CONF


class LibvirtDriver(driver.ComputeDriver):
    """Guests of QEMU and KVM."""

    def __init__(self, host_name, images):
        super().__init__(host_name, images)
        self._host = host.Host()
        self._power = powers.Power(self._host)
        self._files = layout.Layout(CONF.instances_path)
        self._cache = image_cache.ImageCache(images, CONF.instances_path)
        self._disks = creation.DiskMaker(self._files, self._cache)
        self._owner = metadata.Owner(host_name, str(self._files.path))
        self._facts = None

    def init_host(self, on_lifecycle_event):
        """Connect, choose how guests run, remove what a crash has left."""
        self._files.prepare()
        self._files.remove_leftovers()
        self._cache.prepare()
        self._host.start(on_lifecycle_event)
        arch = virt_type.architecture(self._host)
        chosen = virt_type.choose(self._host, str(self._files.path))
        self._facts = definition.HostFacts(
            virt_type=chosen, arch=arch, owner=self._owner,
            disk_cache=cache_mode.choose(self._files.path), release=version.version_string(),
            cpu=cpu.choose(self._host, chosen, arch))

    def cleanup_host(self):
        """Disconnect."""
        self._host.stop()

    def nodes(self):
        """Answer the one node: the name by which libvirt knows this machine."""
        return [self._host.call(lambda connection: connection.getHostname())]

    def resources(self, node):
        """Answer what the machine has."""
        capabilities = self._host.capabilities()
        return self._host.call(lambda connection: resources.read(
            connection, capabilities, virt_type=self._facts.virt_type,
            instances_path=self._files.path, disks=self._files.recorded_disks()))

    def traits(self, node):
        """Answer what the hypervisor says of itself, and what this driver makes of it."""
        return self._host.call(lambda connection: traits.read(
            connection, virt_type=self._facts.virt_type, arch=self._facts.arch,
            cpu=self._facts.cpu))

    def uptime(self):
        """Answer what the machine says."""
        return resources.uptime()

    def has_images(self, instance):
        """Whether copies of the server's images lie in the cache."""
        return all(self._cache.find(image_id) is not None
                   for image_id in (instance.image_ref, *_boot_files(instance)))

    def fetch_images(self, context, instance):
        """Bring the images into the cache."""
        self._cache.fetch_disk(context, instance.image_meta, instance.flavor)
        for image_id in _boot_files(instance):
            self._cache.fetch_file(context, image_id)

    def cache_image(self, context, image_meta):
        """Bring the image into the cache; that it is looked for counts as a use."""
        is_new = self._cache.find(image_meta.id) is None
        if image_meta.disk_format in (formats.KERNEL, formats.RAMDISK):
            self._cache.fetch_file(context, image_meta.id)
        else:
            self._cache.fetch_disk(context, image_meta)
        return is_new

    def manage_image_cache(self, context, in_use):
        """Remove old copies from the cache."""
        self._cache.remove_unused(
            in_use, [disk.backing for disk in self._files.recorded_disks() if disk.backing])

    def has_disks(self, instance):
        """Whether the record says that the disks are complete."""
        return self._files.disks_of(instance.uuid) is not None

    def create_disks(self, context, instance):
        """Make the disks."""
        self._disks.create(instance)

    def remove_disks(self, instance):
        """Remove the server's directory."""
        self._files.remove(instance.uuid)

    def list_disks(self):
        """Answer the uuids that name a directory."""
        return self._files.uuids()

    def has_config_drive(self, instance):
        """Whether the file is there."""
        return self._files.file(instance.uuid, layout.CONFIG_DRIVE).exists()

    def write_config_drive(self, instance, write):
        """Let the file be written."""
        layout.make_directory(self._files.directory(instance.uuid))
        drive = self._files.file(instance.uuid, layout.CONFIG_DRIVE)
        write(str(drive))
        drive.chmod(layout.PRIVATE_FILE_MODE)

    def remove_config_drive(self, instance):
        """Remove the file."""
        self._files.file(instance.uuid, layout.CONFIG_DRIVE).unlink(missing_ok=True)

    def power_state(self, instance):
        """Answer the state of the domain."""
        guest = self._host.find(instance.uuid)
        return power.NOSTATE if guest is None else guest.power_state

    def list_guests(self):
        """Answer the domains that carry this service as their owner."""
        return [driver.GuestRecord(uuid=guest.uuid, name=guest.name, fence=guest.fence(),
                                   power_state=guest.power_state)
                for guest in self._host.guests() if guest.owner() == self._owner]

    def is_guest_started(self, instance):
        """Whether the domain runs with the server's fence."""
        return self._power.is_started(instance)

    def start_guest(self, context, instance, network_info):
        """Define and start the domain."""
        self._power.start(instance, lambda: self._xml(context, instance, network_info))

    def remove_guest(self, instance):
        """Destroy and undefine the domain."""
        self._power.remove(instance.uuid)

    def destroy(self, context, instance, network_info):
        """Remove the domain, then the directory."""
        self.destroy_guest(context, instance.uuid)
        left = [nic.devname for nic in network_info if _device_exists(nic.devname)]
        if left:
            LOG.warning('The guest of server %s is gone and its taps %s are still there',
                        instance.uuid, left)

    def destroy_guest(self, context, uuid):
        """Remove the domain, then the directory."""
        self._power.remove(uuid)
        self._files.remove(uuid)

    def power_on(self, context, instance, network_info):
        """Define and start the domain."""
        self._power.start(instance, lambda: self._xml(context, instance, network_info))

    def power_off(self, context, instance, timing):
        """Shut the domain down, or destroy it."""
        self._power.request_shutdown(instance.uuid, timing)

    def power_off_guest(self, uuid):
        """Destroy the domain; it stays defined."""
        self._power.end(uuid)

    def console_output(self, context, instance, length):
        """Answer the end of the console log."""
        return console.read(instance.uuid, length)

    def _xml(self, context, instance, network_info):
        disks = self._files.disks_of(instance.uuid)
        if disks is None:
            raise exception.GuestStartFailed(
                instance_uuid=instance.uuid, reason='it has no disks')
        return definition.define(
            context, instance, network_info, disks, host=self._facts, conf=CONF).to_xml()


def _boot_files(instance):
    return [image_id for image_id in (instance.kernel_id, instance.ramdisk_id) if image_id]


def _device_exists(name):
    return pathlib.Path('/sys/class/net', name).exists()
