# SPDX-License-Identifier: Apache-2.0
"""Which files a server has, and the record of them.

``<instances_path>/<uuid>/disk.info`` is written when all disks are complete and
synced, so it also says that they are. What is being removed has another name
first, so nothing half-removed is taken for a server's disks.
"""

import contextlib
import dataclasses
import json
import os
import pathlib
import shutil

from oslo_log import log
from oslo_utils import uuidutils

from nova_lite import durable_files

LOG = log.getLogger(__name__)

ROOT = 'disk'
EPHEMERAL = 'disk.eph0'
SWAP = 'disk.swap'
CONFIG_DRIVE = 'disk.config'
CONSOLE_LOG = 'console.log'
KERNEL = 'kernel'
RAMDISK = 'ramdisk'
RECORD = 'disk.info'

BEING_REMOVED = '_del'

# The hypervisor's user passes through, and lists nothing.
DIRECTORY_MODE = 0o711
SHARED_FILE_MODE = 0o644
# libvirt gives it to the guest's user while the guest runs.
PRIVATE_FILE_MODE = 0o600


@dataclasses.dataclass(frozen=True)
class DiskFile:
    """A disk as it was made.

    :ivar size: in bytes, as the guest sees it
    :ivar backing: file that it holds the differences to; None if it stands alone
    """

    path: str
    format: str
    size: int
    backing: str | None = None
    backing_format: str | None = None


@dataclasses.dataclass(frozen=True)
class InstanceDisks:
    """All files of a server that its guest starts from.

    :ivar disks: in the order in which the guest has them, the root disk first
    """

    directory: str
    disks: tuple
    kernel: str | None = None
    ramdisk: str | None = None
    config_drive: str | None = None

    def file(self, name):
        """Answer the path of a file of the server."""
        return os.path.join(self.directory, name)


class Layout:
    """The files of all servers of a host.

    :param instances_path: is made if it is not there
    """

    def __init__(self, instances_path):
        self.path = pathlib.Path(os.path.abspath(instances_path))

    def prepare(self):
        """Make the directory."""
        make_directory(self.path)

    def directory(self, uuid):
        """Answer the directory of a server.

        :raises ValueError: if it is no uuid, which would name another directory
        """
        if not uuidutils.is_uuid_like(uuid):
            raise ValueError(f'{uuid!r} is no uuid')
        return self.path / uuid

    def file(self, uuid, name):
        """Answer the path of a file of a server."""
        return self.directory(uuid) / name

    def disks_of(self, uuid):
        """Answer the InstanceDisks of a server; None if they are not complete."""
        record = self._record(self.file(uuid, RECORD))
        if record is None:
            return None
        config_drive = self.file(uuid, CONFIG_DRIVE)
        return InstanceDisks(
            directory=str(self.directory(uuid)),
            disks=tuple(DiskFile(**disk) for disk in record['disks']),
            kernel=record['kernel'], ramdisk=record['ramdisk'],
            config_drive=str(config_drive) if config_drive.exists() else None)

    def record(self, uuid, disks, kernel, ramdisk):
        """Note that the disks of a server are complete."""
        text = json.dumps({'disks': [dataclasses.asdict(disk) for disk in disks],
                           'kernel': kernel, 'ramdisk': ramdisk})
        with durable_files.replaced_file(self.file(uuid, RECORD)) as new:
            new.write(text.encode())

    def uuids(self):
        """Answer the uuids of all servers that have a directory."""
        return sorted(entry.name for entry in self.path.iterdir()
                      if uuidutils.is_uuid_like(entry.name) and entry.is_dir())

    def recorded_disks(self):
        """Answer each DiskFile of each server of the host."""
        for record in self.path.glob(f'*/{RECORD}'):
            found = self._record(record)
            for disk in found['disks'] if found else ():
                yield DiskFile(**disk)

    def remove(self, uuid):
        """Remove all files of a server; fine if there are none."""
        directory = self.directory(uuid)
        aside = directory.with_name(directory.name + BEING_REMOVED)
        _remove_tree(aside)
        with contextlib.suppress(FileNotFoundError):
            os.rename(directory, aside)
            _remove_tree(aside)

    def remove_leftovers(self):
        """Finish what a crash has left half-removed."""
        for aside in self.path.glob(f'*{BEING_REMOVED}'):
            LOG.info('Removing %s, which an earlier process was removing', aside)
            _remove_tree(aside)

    @staticmethod
    def _record(path):
        try:
            return json.loads(path.read_text(encoding='utf-8'))
        except FileNotFoundError:
            return None


def make_directory(path):
    """Make a directory through which the hypervisor passes, and those above it."""
    os.makedirs(path, mode=DIRECTORY_MODE, exist_ok=True)
    if os.stat(path).st_mode & DIRECTORY_MODE != DIRECTORY_MODE:
        os.chmod(path, DIRECTORY_MODE)


def _remove_tree(path):
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(path)
