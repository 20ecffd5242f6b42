# SPDX-License-Identifier: Apache-2.0
"""Errors about volumes."""

from nova_lite.exception import base


class VolumeOfNoServer(base.Invalid):
    """A volume that a request's body names is used by no server."""

    msg_fmt = 'No volume Block Device Mapping with id %(volume_id)s.'


class SnapshotVolumeOfNoServer(base.NotFound):
    """The volume of a snapshot that is to be removed is used by no server."""

    msg_fmt = 'No volume Block Device Mapping with id %(volume_id)s.'
