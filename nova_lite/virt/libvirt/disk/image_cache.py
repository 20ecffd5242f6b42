# SPDX-License-Identifier: Apache-2.0
"""The host's copies of images: one of each, complete or not there.

``<instances_path>/_base/<SHA-1 of the image's id>`` is raw, with ``.qcow2``
behind it qcow2. Whoever uses a copy touches the stamp beside it while holding its
lock; a copy that is used by no disk and whose stamp is old is removed.
"""

import contextlib
import dataclasses
import hashlib
import os
import time

from oslo_config import cfg
from oslo_log import log
from oslo_utils import units

from nova_lite import durable_files, exception
from nova_lite.virt.libvirt.disk import inspection, layout, locks, tools

LOG = log.getLogger(__name__)
CONF = cfg.CONF

LOCKS = 'locks'
STAMP = '.last_used'
UNFINISHED = '.part'


@dataclasses.dataclass(frozen=True)
class CachedImage:
    """A copy of an image."""

    path: str
    format: str

    @property
    def size(self):
        """The bytes of the disk that a guest sees."""
        return inspection.virtual_size(self.path, self.format)


class ImageCache:
    """The copies on one host.

    :param images: what downloads
    :param instances_path: below which they are
    """

    def __init__(self, images, instances_path):
        self._images = images
        self._directory = os.path.join(
            os.path.abspath(instances_path), CONF.image_cache.subdirectory_name)
        self._locks = os.path.join(os.path.abspath(instances_path), LOCKS)

    def prepare(self):
        """Make the directories, and remove what crashed downloads have left."""
        for directory in (self._directory, self._locks):
            layout.make_directory(directory)
        for name in os.listdir(self._directory):
            if name.endswith(UNFINISHED):
                os.unlink(os.path.join(self._directory, name))

    def find(self, image_id):
        """Answer the CachedImage of an image; None if it is not here."""
        name = name_of(image_id)
        for suffix, disk_format in (('', inspection.RAW), ('.qcow2', inspection.QCOW2)):
            path = self.path(name + suffix)
            if os.path.exists(path):
                return CachedImage(path, disk_format)
        return None

    def fetch_disk(self, context, image_meta, flavor=None):
        """Bring the disk image here, checked, in the format in which it is kept.

        :param flavor: of the server that needs it; None if none does yet
        :raises ImageUnacceptable: if it is unsafe
        :raises FlavorDiskTooSmall: if it does not fit the flavor's root disk
        """
        with self.in_use(image_meta.id):
            found = self.find(image_meta.id)
            if found is None:
                self._fetch_disk(context, image_meta, flavor)
            elif flavor is not None:
                check_fits(image_meta, found.size, flavor)

    def fetch_file(self, context, image_id):
        """Bring an image here that is no disk: a kernel or a RAM disk."""
        with self.in_use(image_id):
            if self.find(image_id) is None:
                with self._unfinished(name_of(image_id)) as aside:
                    self._images.download(context, image_id, aside)

    def make(self, name, create):
        """Make a file of our own that disks can be based on, unless it is here.

        :param create: called with the path at which it makes the file
        """
        with self.in_use(name, hashed=False):
            if not os.path.exists(self.path(name)):
                with self._unfinished(name) as aside:
                    create(aside)
        return CachedImage(self.path(name), inspection.RAW)

    @contextlib.contextmanager
    def in_use(self, image_id, *, hashed=True):
        """Keep a copy from being removed, or made by somebody else, meanwhile."""
        name = name_of(image_id) if hashed else image_id
        with locks.held(self._locks, name):
            self._touch(name)
            yield

    def path(self, name):
        """Answer the path of a file of the cache."""
        return os.path.join(self._directory, name)

    def remove_unused(self, in_use, backing_files):
        """Remove copies that nobody has used for long.

        :param in_use: ids of images that servers of this host have
        :param backing_files: paths of the files that disks of this host are based on
        """
        names_in_use = {name_of(image_id) for image_id in in_use if image_id}
        paths_in_use = set(backing_files)
        for name in {_stem(name) for name in os.listdir(self._directory)
                     if not name.endswith(UNFINISHED)}:
            paths = [self.path(name), self.path(f'{name}.qcow2')]
            with locks.held(self._locks, name):
                if name in names_in_use or paths_in_use.intersection(paths):
                    self._touch(name)
                elif self._age(name) > CONF.image_cache.remove_unused_original_minimum_age_seconds:
                    self._remove(name, paths)

    def _fetch_disk(self, context, image_meta, flavor):
        name = name_of(image_meta.id)
        # Lies on the way until it is converted; the lock keeps others from the name.
        download = self.path(f'{name}.download{UNFINISHED}')
        try:
            self._images.download(context, image_meta.id, download)
            disk_format = inspection.check(download, image_meta)
            if flavor is not None:
                # Before it is converted: a small file may claim to be an enormous disk.
                check_fits(image_meta, inspection.virtual_size(download, disk_format), flavor)
            if disk_format == inspection.RAW:
                self._publish(download, name)
            elif not CONF.force_raw_images:
                self._publish(download, f'{name}.qcow2')
            else:
                with self._unfinished(name) as aside:
                    _convert_to_raw(download, aside, image_meta)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(download)
        LOG.info('Image %s was fetched to %s', image_meta.id, self._directory)

    @contextlib.contextmanager
    def _unfinished(self, name):
        aside = self.path(f'{name}{UNFINISHED}')
        try:
            yield aside
            self._publish(aside, name)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(aside)

    def _publish(self, aside, name):
        sync_file(aside)
        os.chmod(aside, layout.SHARED_FILE_MODE)
        os.rename(aside, self.path(name))
        durable_files.sync_directory(self._directory)

    def _touch(self, name):
        with open(self.path(name + STAMP), 'ab'):
            os.utime(self.path(name + STAMP))

    def _age(self, name):
        try:
            return time.time() - os.stat(self.path(name + STAMP)).st_mtime
        except FileNotFoundError:
            self._touch(name)
            return 0

    def _remove(self, name, paths):
        if not CONF.image_cache.remove_unused_base_images:
            return
        for path in (*paths, self.path(name + STAMP)):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)
        locks.forget(self._locks, name)
        LOG.info('Removed the copy %s of an image; nobody has used it for long', name)


def check_fits(image_meta, size, flavor):
    """Make sure that an image goes onto the root disk of a flavor.

    :param size: bytes of the image's disk
    :raises FlavorDiskTooSmall: if it does not
    """
    wanted = max(size, image_meta.min_disk * units.Gi)
    if flavor.root_gb and wanted > flavor.root_gb * units.Gi:
        raise exception.FlavorDiskTooSmall(
            flavor_gb=flavor.root_gb, image_gb=wanted / units.Gi)


def name_of(image_id):
    """Answer the name of an image's copy."""
    return hashlib.sha1(image_id.encode(), usedforsecurity=False).hexdigest()


def sync_file(path):
    """Make sure that a file that a command has written is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _stem(name):
    return name.removesuffix(STAMP).removesuffix('.qcow2')


def _convert_to_raw(source, target, image_meta):
    try:
        tools.run('qemu-img', 'convert', '-f', 'qcow2', '-O', 'raw', '-t', 'none', '-T', 'none',
                  source, target)
    except tools.CommandFailed as error:
        raise exception.ImageUnacceptable(image_id=image_meta.id, reason=str(error)) from error
