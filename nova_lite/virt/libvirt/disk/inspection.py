# SPDX-License-Identifier: Apache-2.0
"""Is an image what it is said to be, and does it stand alone?

A qcow2 file can name other files of the host as its content. It is looked at
before any tool opens it, whoever looked at it before it came here.
"""

import os
import struct

from nova_lite.image import formats

QCOW2 = formats.QCOW2
RAW = formats.RAW

_SIZE_OFFSET = 24


def check(path, image_meta):
    """Make sure that a downloaded disk image is safe to use; answer qcow2 or raw.

    :raises ImageUnacceptable: if it is of another format than its record says, or
        names other files
    :raises InvalidDiskFormat: if the record names a format that no server can use
    """
    with open(path, 'rb') as image:
        inspection = formats.Inspection(image, image_meta.id, image_meta.disk_format)
        inspection.read(formats.SHOWN_BY)
        disk_format, _size = inspection.conclude()
    return QCOW2 if disk_format == QCOW2 else RAW


def virtual_size(path, disk_format):
    """Answer the bytes of the disk that a guest sees."""
    if disk_format == RAW:
        return os.path.getsize(path)
    with open(path, 'rb') as image:
        image.seek(_SIZE_OFFSET)
        return struct.unpack('>Q', image.read(8))[0]
