# SPDX-License-Identifier: Apache-2.0
"""A domain that exists: what it is and does, and its end."""

import contextlib

import libvirt

from nova_lite.states import power
from nova_lite.virt.libvirt.domain import metadata

POWER_STATES = {
    libvirt.VIR_DOMAIN_NOSTATE: power.NOSTATE,
    libvirt.VIR_DOMAIN_RUNNING: power.RUNNING,
    libvirt.VIR_DOMAIN_BLOCKED: power.RUNNING,
    libvirt.VIR_DOMAIN_PAUSED: power.PAUSED,
    libvirt.VIR_DOMAIN_SHUTDOWN: power.SHUTDOWN,
    libvirt.VIR_DOMAIN_SHUTOFF: power.SHUTDOWN,
    libvirt.VIR_DOMAIN_CRASHED: power.CRASHED,
    libvirt.VIR_DOMAIN_PMSUSPENDED: power.SUSPENDED,
}

_GONE = frozenset({libvirt.VIR_ERR_NO_DOMAIN, libvirt.VIR_ERR_OPERATION_INVALID})

_EVERYTHING = (
    libvirt.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE
    | libvirt.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA
    | libvirt.VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA
    | libvirt.VIR_DOMAIN_UNDEFINE_NVRAM)


class Guest:
    """One domain.

    :param domain: libvirt.virDomain
    """

    def __init__(self, domain):
        self._domain = domain

    @property
    def uuid(self):
        """The server's."""
        return self._domain.UUIDString()

    @property
    def name(self):
        """As the hypervisor lists it."""
        return self._domain.name()

    @property
    def power_state(self):
        """What it does now, of states.power."""
        return POWER_STATES.get(self._domain.state()[0], power.NOSTATE)

    @property
    def is_active(self):
        """Whether it has a process."""
        return bool(self._domain.isActive())

    def fence(self):
        """Answer the fence of the operation that started it; 0 if it carries none."""
        text = self._metadata()
        return metadata.fence_of(text) if text else 0

    def owner(self):
        """Answer the service that it belongs to; None if it is a stranger's."""
        text = self._metadata()
        return metadata.owner_of(text) if text else None

    def start(self):
        """Start it."""
        self._domain.create()

    def request_shutdown(self):
        """Press its power button; it may ignore that."""
        with _fine_if_gone():
            self._domain.shutdown()

    def end(self):
        """Take its power away; fine if it is off."""
        with _fine_if_gone():
            self._domain.destroy()

    def forget(self):
        """Remove its definition and all that libvirt keeps for it."""
        with _fine_if_gone():
            self._domain.undefineFlags(_EVERYTHING)

    def _metadata(self):
        try:
            return self._domain.metadata(
                libvirt.VIR_DOMAIN_METADATA_ELEMENT, metadata.NAMESPACE)
        except libvirt.libvirtError as error:
            if error.get_error_code() == libvirt.VIR_ERR_NO_DOMAIN_METADATA:
                return None
            raise


@contextlib.contextmanager
def _fine_if_gone():
    """What is off can't be ended, and what is gone can't be forgotten; both is fine."""
    try:
        yield
    except libvirt.libvirtError as error:
        if error.get_error_code() not in _GONE:
            raise
