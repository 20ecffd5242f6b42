# SPDX-License-Identifier: Apache-2.0
"""Making the disks of a server from the copies of its images.

Each file is made aside, synced and renamed; the record (layout.py) comes last.
"""

import dataclasses
import os
import shutil
from typing import Any

from oslo_config import cfg
from oslo_utils import units

from nova_lite import durable_files, exception
from nova_lite.virt.libvirt.disk import image_cache, inspection, layout, tools

CONF = cfg.CONF

QCOW2, RAW, FLAT, DEFAULT = 'qcow2', 'raw', 'flat', 'default'
USUAL_FILE_SYSTEM = 'ext4'
MAKERS = {
    'ext2': ('mkfs.ext2', '-q', '-F', '-L'), 'ext3': ('mkfs.ext3', '-q', '-F', '-L'),
    'ext4': ('mkfs.ext4', '-q', '-F', '-L'), 'xfs': ('mkfs.xfs', '-q', '-f', '-L'),
    'vfat': ('mkfs.vfat', '-n'),
}
EPHEMERAL_LABEL = 'ephemeral0'


@dataclasses.dataclass(frozen=True)
class Plan:
    """A disk that is to be made.

    :ivar base: CachedImage of its first content
    :ivar size: in bytes
    """

    name: str
    base: Any
    size: int


class DiskMaker:
    """Makes and plans disks on one host.

    :param files: layout.Layout
    :param cache: image_cache.ImageCache
    """

    def __init__(self, files, cache):
        self._files = files
        self._cache = cache

    def create(self, instance):
        """Make all disks of a server, unless they are complete.

        What an unfinished try has left is made anew: nobody knows how it was made.

        :raises DiskCreationFailed: with what the tool said
        """
        if self._files.disks_of(instance.uuid) is not None:
            return
        layout.make_directory(self._files.directory(instance.uuid))
        disks = []
        for plan in self._plans(instance):
            with self._kept(plan.base):
                disks.append(self._create(instance.uuid, plan))
        kernel = self._copy(instance.uuid, instance.kernel_id, layout.KERNEL)
        ramdisk = self._copy(instance.uuid, instance.ramdisk_id, layout.RAMDISK)
        self._files.record(instance.uuid, disks, kernel, ramdisk)

    def _plans(self, instance):
        flavor = instance.flavor
        root = self._cached(instance.uuid, instance.image_ref)
        image_cache.check_fits(instance.image_meta, root.size, flavor)
        yield Plan(layout.ROOT, root, flavor.root_gb * units.Gi or root.size)
        if flavor.ephemeral_gb:
            size = flavor.ephemeral_gb * units.Gi
            yield Plan(layout.EPHEMERAL, self._ephemeral(instance, size), size)
        if flavor.swap:
            size = flavor.swap * units.Mi
            yield Plan(layout.SWAP, self._swap(instance, size), size)

    def _kept(self, base):
        """Hold the lock of a base while a disk on it is made: until then nobody sees its use."""
        name = os.path.basename(base.path).removesuffix('.qcow2')
        return self._cache.in_use(name, hashed=False)

    def _cached(self, uuid, image_id):
        found = self._cache.find(image_id)
        if found is None:
            raise exception.DiskCreationFailed(
                instance_uuid=uuid, disk=layout.ROOT, reason=f'image {image_id} is not here')
        return found

    def _ephemeral(self, instance, size):
        kind = CONF.default_ephemeral_format or USUAL_FILE_SYSTEM
        return self._formatted(
            instance, layout.EPHEMERAL, f'ephemeral_{size // units.Gi}_{kind}',
            size=size, maker=(*MAKERS[kind], EPHEMERAL_LABEL))

    def _swap(self, instance, size):
        return self._formatted(
            instance, layout.SWAP, f'swap_{size // units.Mi}', size=size, maker=('mkswap', '-q'))

    def _formatted(self, instance, disk, name, *, size, maker):
        def create(path):
            with open(path, 'wb') as new:
                new.truncate(size)
            tools.run(*maker, path)
        try:
            return self._cache.make(name, create)
        except tools.CommandFailed as error:
            raise exception.DiskCreationFailed(
                instance_uuid=instance.uuid, disk=disk, reason=str(error)) from error

    def _create(self, uuid, plan):
        path = self._files.file(uuid, plan.name)
        described = _described(path, plan)
        aside = path.with_name(f'{plan.name}.part')
        aside.unlink(missing_ok=True)
        try:
            if described.format == QCOW2:
                _create_overlay(aside, plan)
            else:
                _create_copy(aside, plan)
        except tools.CommandFailed as error:
            raise exception.DiskCreationFailed(
                instance_uuid=uuid, disk=plan.name, reason=str(error)) from error
        os.chmod(aside, layout.PRIVATE_FILE_MODE)
        image_cache.sync_file(aside)
        os.rename(aside, path)
        durable_files.sync_directory(path.parent)
        return described

    def _copy(self, uuid, image_id, name):
        """Copy a kernel: the hypervisor gives the file to the guest's user, so it is not shared."""
        if not image_id:
            return None
        target = self._files.file(uuid, name)
        source = self._cached(uuid, image_id).path
        with (self._cache.in_use(image_id), open(source, 'rb') as content,
              durable_files.replaced_file(target, layout.SHARED_FILE_MODE) as new):
            shutil.copyfileobj(content, new, units.Mi)
        return str(target)


def format_of_disks():
    """Answer in which format disks are made, as the configuration says."""
    chosen = CONF.libvirt.images_type
    if chosen == DEFAULT:
        return QCOW2 if CONF.use_cow_images else RAW
    return RAW if chosen == FLAT else chosen


def _described(path, plan):
    if format_of_disks() == RAW:
        return layout.DiskFile(path=str(path), format=RAW, size=plan.size)
    return layout.DiskFile(path=str(path), format=QCOW2, size=plan.size,
                           backing=plan.base.path, backing_format=plan.base.format)


def _create_overlay(path, plan):
    tools.run('qemu-img', 'create', '-q', '-f', QCOW2, '-F', plan.base.format,
              '-b', plan.base.path, str(path), str(plan.size))


def _create_copy(path, plan):
    if plan.base.format == inspection.RAW:
        tools.run('cp', '--reflink=auto', '--sparse=always', plan.base.path, str(path))
    else:
        tools.run('qemu-img', 'convert', '-f', plan.base.format, '-O', RAW, plan.base.path,
                  str(path))
    if os.path.getsize(path) < plan.size:
        os.truncate(path, plan.size)
