# SPDX-License-Identifier: Apache-2.0
"""A server as a domain: what of it, of its image and of the host goes where. Pure.

Its disks exist (virt/libvirt/disk/layout.py says where), the hypervisor's type
is chosen (virt/libvirt/virt_type.py).
"""

import dataclasses

from nova_lite.virt.libvirt.disk import layout
from nova_lite.virt.libvirt.domain import devices, domain, hardware, metadata, parts

KERNEL_CONSOLE = 'console=ttyS0'


@dataclasses.dataclass(frozen=True)
class HostFacts:
    """What of the host matters to a domain.

    :ivar virt_type: kvm or qemu
    :ivar disk_cache: how the host caches disks
    :ivar cpu: parts.CPU of the guests, None for the hypervisor's default
    """

    virt_type: str
    arch: str
    owner: metadata.Owner
    disk_cache: str
    release: str
    cpu: parts.CPU | None = None


def define(context, instance, network_info, disks, *, host, conf):
    """Make the domain of a server.

    :param disks: layout.InstanceDisks, as they were recorded when they were made
    :param host: HostFacts
    :raises ImageUnacceptable: if the image asks for hardware that there is not
    """
    chosen = hardware.choose(instance.image_meta, host.arch, conf.libvirt.hw_machine_type)
    storage = _disks(disks, chosen, host.disk_cache)
    return domain.Domain(
        uuid=instance.uuid,
        name=instance.name,
        title=metadata.printable(instance.display_name),
        metadata=metadata.element(context, instance, host.owner),
        virt_type=host.virt_type,
        memory_mb=instance.flavor.memory_mb,
        vcpus=instance.flavor.vcpus,
        cpu=host.cpu,
        identity=parts.SystemIdentity(instance.uuid, host.release),
        boot=_boot(instance, disks, chosen, arch=host.arch),
        clock=parts.Clock('localtime' if chosen.wants_local_time else 'utc'),
        features=('acpi', 'apic') if host.arch == 'x86_64' else ('acpi',),
        devices=(*_controllers(chosen, conf), *storage,
                 *(_nic(nic, chosen) for nic in network_info),
                 *_others(disks, chosen, conf)))


def _boot(instance, disks, chosen, *, arch):
    if not disks.kernel:
        return parts.Boot(arch=arch, machine=chosen.machine)
    root = hardware.DISK_BUSES[chosen.disk_bus] + 'a'
    return parts.Boot(
        arch=arch, machine=chosen.machine, kernel=disks.kernel, ramdisk=disks.ramdisk,
        command_line=metadata.printable(instance.image_meta.properties.get(
            'os_command_line', f'root=/dev/{root} {KERNEL_CONSOLE}')))


def _disks(disks, chosen, cache):
    taken = []
    for disk in disks.disks:
        backing = disk.backing and devices.BackingFile(disk.backing, disk.backing_format)
        yield devices.Disk(
            path=disk.path, format=disk.format, bus=chosen.disk_bus, cache=cache,
            device=hardware.device_name(chosen.disk_bus, taken), backing=backing)
    if disks.config_drive:
        yield devices.CDROM(
            path=disks.config_drive, bus=chosen.cdrom_bus,
            device=hardware.device_name(chosen.cdrom_bus, taken))


def _nic(nic, chosen):
    return devices.NIC(
        mac=nic.address, bridge=nic.network.bridge, tap=nic.devname, model=chosen.nic_model,
        mtu=nic.network.mtu)


def _controllers(chosen, conf):
    if not conf.vnc.enabled and 'usb' not in (chosen.disk_bus, chosen.cdrom_bus):
        yield devices.Controller('usb', 'none')
    if 'scsi' in (chosen.disk_bus, chosen.cdrom_bus):
        yield devices.Controller('scsi', 'virtio-scsi')


def _others(disks, chosen, conf):
    yield devices.SerialConsole(disks.file(layout.CONSOLE_LOG))
    if chosen.has_guest_agent:
        yield devices.GuestAgentChannel()
    if conf.vnc.enabled:
        yield devices.Graphics(conf.vnc.server_listen)
        yield devices.Tablet()
    yield devices.Video(chosen.video_model if conf.vnc.enabled else 'none')
    yield devices.RandomNumbers(conf.libvirt.rng_dev_path)
    yield devices.MemoryBalloon(conf.libvirt.mem_stats_period_seconds)
