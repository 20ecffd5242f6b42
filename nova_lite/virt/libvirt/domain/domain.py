# SPDX-License-Identifier: Apache-2.0
"""A whole domain: parts and devices put together to XML."""

import dataclasses
from typing import Any

from lxml import etree
from lxml.builder import E

from nova_lite.virt.libvirt.domain import parts

KVM, QEMU = 'kvm', 'qemu'


@dataclasses.dataclass(frozen=True)
class Domain:
    """A guest as libvirt is told of it.

    :ivar virt_type: kvm or qemu
    :ivar metadata: an element of a namespace of its own
    :ivar cpu: None: the hypervisor's default
    :ivar features: names of empty elements
    :ivar on_reboot: what libvirt does when the guest restarts itself
    """

    uuid: str
    name: str
    virt_type: str
    memory_mb: int
    vcpus: int
    boot: parts.Boot
    identity: parts.SystemIdentity
    title: str | None = None
    metadata: Any = None
    cpu: parts.CPU | None = None
    clock: parts.Clock = dataclasses.field(default_factory=parts.Clock)
    features: tuple = ('acpi', 'apic')
    devices: tuple = ()
    on_reboot: str = 'restart'

    def element(self):
        """Make ``<domain>``."""
        made = E.domain(E.name(self.name), E.uuid(self.uuid), type=self.virt_type)
        if self.title:
            made.append(E.title(self.title))
        if self.metadata is not None:
            made.append(E.metadata(self.metadata))
        made.extend([
            E.memory(str(self.memory_mb), unit='MiB'),
            E.vcpu(str(self.vcpus)),
            self.identity.element(),
            self.boot.element(),
            E.features(*(E(feature) for feature in self.features))])
        if self.cpu is not None:
            made.append(self.cpu.element())
        made.extend([
            self.clock.element(),
            E.on_poweroff('destroy'), E.on_reboot(self.on_reboot), E.on_crash('destroy'),
            E.devices(*(device.element() for device in self.devices))])
        return made

    def to_xml(self):
        """Answer the domain as libvirt reads it."""
        return etree.tostring(self.element(), encoding='unicode', pretty_print=True)
