# SPDX-License-Identifier: Apache-2.0
"""The parts of a domain that are no devices: CPU, boot, clock, identity.

Each class is one element of libvirt's XML and knows nothing of servers.
"""

import dataclasses

from lxml import etree
from lxml.builder import E


@dataclasses.dataclass(frozen=True)
class CPU:
    """The guest's CPU.

    :ivar mode: host-model, host-passthrough or custom
    :ivar model: for custom
    :ivar features: name -> policy
    """

    mode: str
    model: str | None = None
    features: dict = dataclasses.field(default_factory=dict)

    def element(self):
        """Make ``<cpu>``."""
        made = E.cpu(mode=self.mode)
        if self.model:
            made.set('match', 'exact')
            made.append(E.model(self.model, fallback='forbid'))
        for name, policy in self.features.items():
            made.append(E.feature(policy=policy, name=name))
        return made

    def to_xml(self):
        """Answer the CPU alone, as libvirt compares it with its own."""
        return etree.tostring(self.element(), encoding='unicode')


@dataclasses.dataclass(frozen=True)
class Boot:
    """What the guest starts from: its disk, or a kernel that is given to it.

    :ivar machine: None: the hypervisor's default
    """

    arch: str
    machine: str | None = None
    kernel: str | None = None
    ramdisk: str | None = None
    command_line: str | None = None

    def element(self):
        """Make ``<os>``."""
        kind = E.type('hvm', arch=self.arch)
        if self.machine:
            kind.set('machine', self.machine)
        made = E.os(kind)
        if self.kernel:
            made.append(E.kernel(self.kernel))
            if self.ramdisk:
                made.append(E.initrd(self.ramdisk))
            made.append(E.cmdline(self.command_line or ''))
        else:
            made.append(E.boot(dev='hd'))
        made.append(E.smbios(mode='sysinfo'))
        return made


@dataclasses.dataclass(frozen=True)
class Clock:
    """The guest's clock; guests of Windows want local time."""

    offset: str = 'utc'

    def element(self):
        """Make ``<clock>``."""
        return E.clock(
            E.timer(name='pit', tickpolicy='delay'),
            E.timer(name='rtc', tickpolicy='catchup'),
            E.timer(name='hpet', present='no'),
            offset=self.offset)


@dataclasses.dataclass(frozen=True)
class SystemIdentity:
    """What the guest's firmware says of the machine; guests find out by it where they are."""

    uuid: str
    version: str
    manufacturer: str = 'OpenStack Foundation'
    product: str = 'OpenStack Nova'
    family: str = 'Virtual Machine'

    def element(self):
        """Make ``<sysinfo>``."""
        entries = (
            ('manufacturer', self.manufacturer), ('product', self.product),
            ('version', self.version), ('serial', self.uuid), ('uuid', self.uuid),
            ('family', self.family))
        return E.sysinfo(
            E.system(*(E.entry(text, name=name) for name, text in entries)), type='smbios')
