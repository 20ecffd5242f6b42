# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/image."""

import struct

from nova_lite import context


def qcow2(virtual_size=1 << 30, backing_file=b''):
    """Answer the bytes of a small qcow2 image, good enough for whoever looks at its head."""
    header = bytearray(struct.pack(
        '>4sIQIIQIIQQIIQ', b'QFI\xfb', 3, 104 if backing_file else 0, len(backing_file), 16,
        virtual_size, 0, 0, 0, 0, 1, 0, 0))
    header += struct.pack('>QQQII', 0, 0, 0, 4, 104)
    return bytes(header + backing_file + bytes(4096))


def member_of(project):
    """Answer a context of somebody in a project."""
    return context.RequestContext('somebody', project)


def admin():
    """Answer the operator's context."""
    return context.RequestContext('operator', 'operators', is_admin=True)
