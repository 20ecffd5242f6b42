# SPDX-License-Identifier: Apache-2.0
"""The contract between the host's workflows and what runs the guests.

A build is a row of separate steps: fetch images, create disks, write the config
drive, start the guest. Each has a way to find out that it has happened already
and an undo, because after a crash nobody remembers. Rules for every driver:

* All calls block and may be made from any native thread, for several servers at
  once; for one server one at a time (a clean-up waits for a call that hangs).
* Doing a step again is harmless, and so is undoing what is not there.
* ``has_*`` and ``is_*`` ask the world, never a memory.
* Nothing of a server is left by ``destroy``: no guest, file or directory.

Before a call, the workflow has made sure that the server is still its own (the
fence). Implementations are in virt/libvirt and virt/fake; tests/unit/virt holds
both to this.
"""

import abc
import dataclasses
import datetime
from collections.abc import Callable

from oslo_config import cfg
from oslo_utils import importutils

CONF = cfg.CONF


@dataclasses.dataclass(frozen=True)
class LifecycleEvent:
    """What a guest did by itself, or somebody did to it behind our back.

    Nothing is told of what this driver was asked to do.

    :ivar uuid: of the server
    :ivar transition: the power state that was reached, of states.power
    :ivar timestamp: when it was seen, UTC without zone
    """

    uuid: str
    transition: int
    timestamp: datetime.datetime


@dataclasses.dataclass(frozen=True)
class GuestRecord:
    """A guest of this service that the hypervisor knows, running or not.

    :ivar fence: the server's fence when the guest was started
    """

    uuid: str
    name: str
    power_state: int
    fence: int


@dataclasses.dataclass(frozen=True)
class HostResources:
    """What a node has, whoever uses it.

    :ivar local_gb: size of the file system of the instances
    :ivar disk_available_least: GB that are free there after all disks have grown
        to their full size; may be negative
    :ivar memory_mb_used: what the node itself says that is taken
    :ivar hypervisor_version: number, major * 1000000 + minor * 1000 + micro
    :ivar cpu_info: plain values: arch, model, vendor, topology, features
    :ivar supported_instances: (architecture, hypervisor type, vm mode) triples
    :ivar others: other classes of resources: class -> ``total``, and what differs
        from the usual of ``reserved``, ``allocation_ratio`` and the units
    """

    vcpus: int
    memory_mb: int
    memory_mb_used: int
    local_gb: int
    disk_available_least: int
    hypervisor_type: str
    hypervisor_version: int
    cpu_arch: str
    cpu_info: dict
    supported_instances: tuple
    others: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class ShutdownTiming:
    """How long a guest gets to shut itself down.

    :ivar timeout: seconds to wait; 0 takes the power away at once
    :ivar retry_interval: seconds after which the signal is sent again
    """

    timeout: int
    retry_interval: int = 10


class HostLifecycle(abc.ABC):
    """Connecting to the hypervisor and letting go of it."""

    @abc.abstractmethod
    def init_host(self, on_lifecycle_event: Callable[[LifecycleEvent], None]):
        """Connect, remove what a crash has left half-made, and begin to tell events.

        :param on_lifecycle_event: called in a thread of its own, one event at a time
        :raises HypervisorUnavailable: if the hypervisor does not answer
        :raises HypervisorUnusable: if it answers but can not do what is configured
        """

    @abc.abstractmethod
    def cleanup_host(self):
        """Tell no more events and disconnect. Guests go on."""


class Inventory(abc.ABC):
    """What the host has."""

    @abc.abstractmethod
    def nodes(self) -> list:
        """Answer the names of the nodes (``hypervisor_hostname``) that this host stands for."""

    @abc.abstractmethod
    def resources(self, node) -> HostResources:
        """Answer what a node has.

        :raises HypervisorUnavailable: if the hypervisor does not answer
        """

    @abc.abstractmethod
    def traits(self, node) -> frozenset:
        """Answer the traits of a node, by the names of os-traits: what guests really get there.

        :raises HypervisorUnavailable: if the hypervisor does not answer
        """

    @abc.abstractmethod
    def uptime(self) -> str:
        """Answer since when the host runs and its load, as the program ``uptime`` says it.

        :raises UptimeUnknown: if nobody can tell
        """


class Images(abc.ABC):
    """Copies of images on the host, one of each however many guests use it."""

    @abc.abstractmethod
    def has_images(self, instance) -> bool:
        """Whether the server's image, and its kernel and RAM disk if any, lie on the host."""

    @abc.abstractmethod
    def fetch_images(self, context, instance):
        """Bring the server's images to the host.

        Several calls for one image at the same time make one download. A copy
        appears only when it is complete and verified. There is no undo: an image
        that nobody uses ages out.

        :param context: of the user, who must be allowed to see the image
        :raises ImageUnacceptable: if the image is unsafe (it names other files)
        :raises FlavorDiskTooSmall: if its disk is larger than the flavor's
        :raises ImageNotFound, ImageNotActive, ImageCorrupt: from the image service
        """

    @abc.abstractmethod
    def cache_image(self, context, image_meta) -> bool:
        """Bring an image to the host that no server needs yet; answer whether it was missing.

        It is kept as long as one that a server has used at this moment.

        :raises ImageUnacceptable, ImageNotFound, ImageNotActive, ImageCorrupt: as fetch_images
        """

    @abc.abstractmethod
    def manage_image_cache(self, context, in_use):
        """Remove copies that no guest has used for long.

        :param in_use: ids of the images of all servers of this host
        """


class Disks(abc.ABC):
    """The server's own disks, and its config drive."""

    @abc.abstractmethod
    def has_disks(self, instance) -> bool:
        """Whether all disks of the server are there, complete."""

    @abc.abstractmethod
    def create_disks(self, context, instance):
        """Create the root, ephemeral and swap disks that are not there yet.

        The images lie on the host. The root disk has the flavor's ``root_gb``;
        0 means the size of the image.

        :raises DiskCreationFailed: with what the tool said
        """

    @abc.abstractmethod
    def remove_disks(self, instance):
        """Remove all of the server's files. The guest is gone.

        They are renamed first, so what a crash leaves is found and removed at
        the next start.
        """

    @abc.abstractmethod
    def list_disks(self) -> list:
        """Answer the uuids of all servers of which files lie on the host, complete or not."""

    @abc.abstractmethod
    def has_config_drive(self, instance) -> bool:
        """Whether the server's config drive is there, complete."""

    @abc.abstractmethod
    def write_config_drive(self, instance, write):
        """Make the config drive, which the guest then gets as a CD-ROM.

        :param write: called with the path at which it writes the ISO file, whole
            or not at all
        """

    @abc.abstractmethod
    def remove_config_drive(self, instance):
        """Remove the config drive. The guest is gone."""


class Guests(abc.ABC):
    """The guests."""

    @abc.abstractmethod
    def power_state(self, instance) -> int:
        """Answer the guest's power state; NOSTATE if there is no guest.

        :raises HypervisorUnavailable: if the hypervisor does not answer
        """

    @abc.abstractmethod
    def list_guests(self) -> list:
        """Answer a GuestRecord of each guest of this service; strangers' are left out."""

    @abc.abstractmethod
    def is_guest_started(self, instance) -> bool:
        """Whether the guest was started by the operation that has the server now.

        True if it runs and carries the server's fence.
        """

    @abc.abstractmethod
    def start_guest(self, context, instance, network_info):
        """Define the guest anew and start it; nothing if it was started already.

        Its disks and its config drive, if it has one, are there; the host's side
        of its networks is plugged. A guest of an older operation is put out first.

        :param network_info: its NICs, in their order
        :raises GuestStartFailed: with what the hypervisor said
        :raises GuestFenced: if a newer operation has started it
        """

    @abc.abstractmethod
    def remove_guest(self, instance):
        """Take the guest's power away and forget it; the undo of ``start_guest``.

        Its files stay.

        :raises GuestRemovalFailed: if the hypervisor can not end it
        """

    @abc.abstractmethod
    def destroy(self, context, instance, network_info):
        """Leave nothing of the server: remove its guest, then its files.

        :param network_info: its NICs; their taps are gone when this returns
        :raises GuestRemovalFailed: if the hypervisor can not end the guest; its
            files are then untouched
        """

    @abc.abstractmethod
    def destroy_guest(self, context, uuid):
        """Leave nothing of a server of which only the uuid is known, as ``destroy`` does."""

    @abc.abstractmethod
    def power_on(self, context, instance, network_info):
        """Start the guest of a server that is off, defined anew by what the server is now.

        :raises GuestStartFailed: with what the hypervisor said
        """

    @abc.abstractmethod
    def power_off(self, context, instance, timing: ShutdownTiming):
        """Ask the guest to shut down, take its power away if it does not; fine if it is off."""

    @abc.abstractmethod
    def power_off_guest(self, uuid):
        """Take the power of a guest away of which only the uuid is known."""


class Consoles(abc.ABC):
    """What guests show."""

    @abc.abstractmethod
    def console_output(self, context, instance, length) -> bytes:
        """Answer the end of what the guest has written to its serial console.

        It survives restarts of the guest.

        :param length: number of lines; None: as many as may be shown (100 KiB)
        :raises ConsoleLogNotAvailable: if the guest has written none yet
        """


class ComputeDriver(HostLifecycle, Inventory, Images, Disks, Guests, Consoles):
    """All that a driver can do.

    :param host_name: ``[DEFAULT] host``
    :param images: the front door to images, of which it uses
        ``download(context, image_id, path)``
    """

    def __init__(self, host_name, images):
        self.host_name = host_name
        self.images = images


def load(images):
    """Make the driver that ``[DEFAULT] compute_driver`` names."""
    name = f'{__package__}.{CONF.compute_driver.partition(".")[0]}.driver'
    driver_class = importutils.import_class(f'{name}.{CONF.compute_driver.partition(".")[2]}')
    return driver_class(CONF.host, images)
