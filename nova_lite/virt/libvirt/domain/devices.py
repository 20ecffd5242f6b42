# SPDX-License-Identifier: Apache-2.0
"""The devices of a domain. Each class is one element of libvirt's XML."""

import dataclasses

from lxml.builder import E


@dataclasses.dataclass(frozen=True)
class BackingFile:
    """What a disk holds only the differences to.

    It is shared by guests, so libvirt must not give it to the user of one of them.
    """

    path: str
    format: str

    def element(self):
        """Make ``<backingStore>``, the last one of its chain."""
        return E.backingStore(
            E.format(type=self.format),
            E.source(E.seclabel(model='dac', relabel='no'), file=self.path),
            E.backingStore(),
            type='file')


@dataclasses.dataclass(frozen=True)
class Disk:
    """A disk of the guest that is a file of the host."""

    path: str
    format: str
    bus: str
    device: str
    cache: str
    backing: BackingFile | None = None

    def element(self):
        """Make ``<disk>``."""
        driver = E.driver(name='qemu', type=self.format, cache=self.cache)
        if self.cache == 'none':
            driver.set('io', 'native')
        return E.disk(
            driver,
            E.source(file=self.path),
            self.backing.element() if self.backing else E.backingStore(),
            E.target(dev=self.device, bus=self.bus),
            type='file', device='disk')


@dataclasses.dataclass(frozen=True)
class CDROM:
    """A file of the host as a CD-ROM."""

    path: str
    bus: str
    device: str

    def element(self):
        """Make ``<disk>``."""
        return E.disk(
            E.driver(name='qemu', type='raw', cache='writeback'),
            E.source(file=self.path),
            E.target(dev=self.device, bus=self.bus),
            E.readonly(),
            type='file', device='cdrom')


@dataclasses.dataclass(frozen=True)
class NIC:
    """A NIC on a bridge of the host; libvirt makes the tap with this name."""

    mac: str
    bridge: str
    tap: str
    model: str
    mtu: int | None

    def element(self):
        """Make ``<interface>``."""
        made = E.interface(
            E.mac(address=self.mac),
            E.source(bridge=self.bridge),
            E.target(dev=self.tap),
            E.model(type=self.model),
            type='bridge')
        if self.mtu:
            made.append(E.mtu(size=str(self.mtu)))
        return made


@dataclasses.dataclass(frozen=True)
class SerialConsole:
    """The first serial port: a terminal of the host, and all that is written to it in a file."""

    log_path: str

    def element(self):
        """Make ``<serial>``."""
        return E.serial(
            E.log(file=self.log_path, append='on'),
            E.target(port='0'),
            type='pty')


@dataclasses.dataclass(frozen=True)
class GuestAgentChannel:
    """Where an agent in the guest listens."""

    def element(self):
        """Make ``<channel>``."""
        return E.channel(
            E.target(type='virtio', name='org.qemu.guest_agent.0'), type='unix')


@dataclasses.dataclass(frozen=True)
class RandomNumbers:
    """A source of random numbers."""

    path: str

    def element(self):
        """Make ``<rng>``."""
        return E.rng(E.backend(self.path, model='random'), model='virtio')


@dataclasses.dataclass(frozen=True)
class MemoryBalloon:
    """What the guest reports its memory by."""

    stats_period: int

    def element(self):
        """Make ``<memballoon>``."""
        made = E.memballoon(model='virtio')
        if self.stats_period:
            made.append(E.stats(period=str(self.stats_period)))
        return made


@dataclasses.dataclass(frozen=True)
class Graphics:
    """A VNC server with a port of libvirt's choice."""

    listen: str

    def element(self):
        """Make ``<graphics>``."""
        return E.graphics(
            E.listen(type='address', address=self.listen), type='vnc', autoport='yes')


@dataclasses.dataclass(frozen=True)
class Video:
    """A graphics card; ``none`` keeps libvirt from adding one."""

    model: str

    def element(self):
        """Make ``<video>``."""
        return E.video(E.model(type=self.model))


@dataclasses.dataclass(frozen=True)
class Tablet:
    """A pointer whose position is that of the viewer's."""

    def element(self):
        """Make ``<input>``."""
        return E.input(type='tablet', bus='usb')


@dataclasses.dataclass(frozen=True)
class Controller:
    """What devices of a bus hang on; of USB, the model ``none`` keeps libvirt from adding one."""

    type: str
    model: str

    def element(self):
        """Make ``<controller>``."""
        return E.controller(type=self.type, index='0', model=self.model)
