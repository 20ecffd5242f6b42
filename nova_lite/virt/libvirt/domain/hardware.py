# SPDX-License-Identifier: Apache-2.0
"""Which hardware a guest gets, by the properties of its image. Pure."""

import dataclasses

from oslo_utils import strutils

from nova_lite import exception

VIRTIO = 'virtio'
DISK_BUSES = {VIRTIO: 'vd', 'scsi': 'sd', 'sata': 'sd', 'usb': 'sd', 'ide': 'hd'}
NIC_MODELS = (VIRTIO, 'e1000', 'e1000e', 'rtl8139', 'ne2k_pci', 'pcnet', 'vmxnet3')
VIDEO_MODELS = ('vga', VIRTIO, 'cirrus', 'qxl', 'bochs', 'none')
CDROM_BUSES = (('q35', 'sata'), ('virt', 'scsi'))

WINDOWS = 'windows'


@dataclasses.dataclass(frozen=True)
class Hardware:
    """What the image asks for, or what is usual."""

    disk_bus: str
    cdrom_bus: str
    nic_model: str
    video_model: str
    machine: str | None
    has_guest_agent: bool
    wants_local_time: bool


def choose(image_meta, arch, default_machine):
    """Decide the hardware of a guest.

    :param default_machine: None: the hypervisor's own default
    :raises ImageUnacceptable: if the image asks for what there is not
    """
    asked = _Asked(image_meta)
    machine = asked.properties.get('hw_machine_type') or default_machine or _machine_of(arch)
    return Hardware(
        disk_bus=asked.one_of('hw_disk_bus', DISK_BUSES, VIRTIO),
        cdrom_bus=asked.one_of('hw_cdrom_bus', DISK_BUSES, cdrom_bus_of(machine)),
        nic_model=asked.one_of('hw_vif_model', NIC_MODELS, VIRTIO),
        video_model=asked.one_of('hw_video_model', VIDEO_MODELS, _video_of(arch)),
        machine=machine,
        has_guest_agent=asked.is_true('hw_qemu_guest_agent'),
        wants_local_time=asked.properties.get('os_type') == WINDOWS)


class _Asked:
    def __init__(self, image_meta):
        self.properties = image_meta.properties
        self._image_id = image_meta.id

    def one_of(self, name, known, default):
        value = self.properties.get(name) or default
        if value not in known:
            raise exception.ImageUnacceptable(
                image_id=self._image_id,
                reason=f'{name} is {value}; it must be one of {", ".join(known)}')
        return value

    def is_true(self, name):
        return strutils.bool_from_string(self.properties.get(name, ''))


def cdrom_bus_of(machine):
    """Answer the bus on which a machine has CD-ROMs."""
    for beginning, bus in CDROM_BUSES:
        if machine and (machine.startswith(beginning) or f'-{beginning}-' in machine):
            return bus
    return 'ide'


def device_name(bus, taken):
    """Answer the next free device name on a bus, and count it as taken.

    :param taken: names so far, a list that is added to
    """
    letters = 'abcdefghijklmnopqrstuvwxyz'
    name = next(DISK_BUSES[bus] + letter for letter in letters
                if DISK_BUSES[bus] + letter not in taken)
    taken.append(name)
    return name


def _machine_of(arch):
    return 'virt' if arch in ('aarch64', 'riscv64') else None


def _video_of(arch):
    return 'vga' if arch == 'x86_64' else VIRTIO
