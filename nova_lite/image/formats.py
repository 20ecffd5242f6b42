# SPDX-License-Identifier: Apache-2.0
"""Which disk formats are taken, and whether the bytes are what they are said to be.

The check is what keeps a guest's owner from uploading a file that names other
files of the host as its backing: what is said to be raw must not be anything
else, and a qcow2 must stand by itself. The bytes are looked at as they pass.
"""

import io

from oslo_utils.imageutils import format_inspector

from nova_lite import exception

QCOW2 = 'qcow2'
RAW = 'raw'
KERNEL = 'aki'
RAMDISK = 'ari'
MACHINE = 'ami'
KNOWN = (QCOW2, RAW, KERNEL, RAMDISK, MACHINE)

CONTAINERS = {KERNEL: KERNEL, RAMDISK: RAMDISK, MACHINE: MACHINE}
BARE = 'bare'

SHOWN_BY = 1 << 20
"""Bytes by which every format has shown itself."""

# A disk with a partition table is a raw disk, and so is a kernel with an EFI stub for the
# inspector: both end their first sector with the same two bytes.
_RAW_AS_DETECTED = frozenset({'raw', 'gpt'})


def container_for(disk_format):
    """Answer the container format that goes with a disk format."""
    return CONTAINERS.get(disk_format, BARE)


def look_ahead(source, name):
    """Answer a stream of the same bytes, and their disk format by how they begin.

    :raises ImageUnacceptable: if they are of no format that a server can use
    """
    head = source.read(SHOWN_BY)
    inspection = Inspection(io.BytesIO(head), name)
    inspection.read(SHOWN_BY)
    disk_format, _size = inspection.conclude()
    return _Joined(io.BytesIO(head), source), disk_format


class _Joined:
    """One stream after another."""

    def __init__(self, first, second):
        self._first = first
        self._second = second

    def read(self, size):
        return self._first.read(size) or self._second.read(size)


class Inspection:
    """A readable stream that looks at what passes through it.

    :param source: readable binary file
    :param name: the image's, for messages
    :param claimed: the disk format that it is said to have; None takes what it is
    :raises InvalidDiskFormat: if no server can use the claimed format
    """

    def __init__(self, source, name, claimed=None):
        if claimed is not None and claimed not in KNOWN:
            raise exception.InvalidDiskFormat(disk_format=claimed, known=', '.join(KNOWN))
        self._wrapper = format_inspector.InspectWrapper(source)
        self._name = name
        self._claimed = claimed
        self._detected = None
        self._is_empty = True

    def read(self, size):
        """Answer the next bytes.

        :raises ImageUnacceptable: as soon as they can't be of the claimed format
        """
        try:
            chunk = self._wrapper.read(size)
        except OSError as error:
            self._refuse(f'its source can not be read ({error.strerror}).', error)
        self._is_empty = self._is_empty and not chunk
        if self._detected is None and self._wrapper.formats is not None:
            self._settle()
        return chunk

    def conclude(self):
        """Answer (disk format, virtual size or None) after the last byte.

        :raises ImageUnacceptable: if it is of no format that a server can use
        """
        if self._is_empty:
            self._refuse('it is empty.')
        self._wrapper.close()
        self._settle()
        if self._disk_format == QCOW2:
            return QCOW2, self._stand_alone_size()
        return self._disk_format, None

    def _settle(self):
        matches = self._wrapper.formats
        self._detected = {inspector.NAME: inspector for inspector in matches}
        names = set(self._detected)
        found = RAW if names <= _RAW_AS_DETECTED else '+'.join(sorted(names))
        if self._claimed is None:
            self._disk_format = self._accepted(found)
        else:
            self._disk_format = self._claimed
            if found != (QCOW2 if self._claimed == QCOW2 else RAW):
                self._refuse(f'it is said to be {self._claimed}, but its content is {found}.')

    def _accepted(self, found):
        if found not in KNOWN:
            self._refuse(f'its content is {found}; convert it to qcow2 or raw first '
                         '(qemu-img convert).')
        return found

    def _stand_alone_size(self):
        inspector = self._detected[QCOW2]
        try:
            inspector.safety_check()
        except format_inspector.SafetyCheckFailed as error:
            self._refuse(f'it fails the safety check ({"; ".join(sorted(error.failures))}). '
                         'It must have no backing file and no separate data file.')
        return inspector.virtual_size

    def _refuse(self, reason, cause=None):
        raise exception.ImageUnacceptable(image_id=self._name, reason=reason) from cause
