# SPDX-License-Identifier: Apache-2.0
"""Snapshots of volumes that the server which uses them has to help with.

Cinder asks for them when it keeps volumes as files. The host of a server whose
volume it is would be told; no server is recorded with volumes, so the volume
that is named is always one that no server uses.
"""

from oslo_serialization import jsonutils

from nova_lite import exception
from nova_lite.api.openstack.compute.schemas import assisted_volume_snapshots as schemas


class AssistedVolumeSnapshots:
    """``/os-assisted-volume-snapshots`` and ``/os-assisted-volume-snapshots/{snapshot_id}``."""

    def create(self, request):
        """Have a server help with a snapshot of one of its volumes."""
        raise exception.VolumeOfNoServer(volume_id=request.body['snapshot']['volume_id'])

    def delete(self, request, snapshot_id):
        """Have a server help with the removal of a snapshot of one of its volumes."""
        raise exception.SnapshotVolumeOfNoServer(volume_id=volume_in(request))


def volume_in(request):
    """Answer the volume that a request to remove a snapshot is about.

    :raises ValidationError: if ``delete_info`` is no JSON object that names one
    """
    try:
        info = jsonutils.loads(request.asked('delete_info'))
    except (ValueError, RecursionError) as error:
        raise exception.ValidationError(detail='delete_info is not JSON.') from error
    schemas.DELETE_INFO.check(info)
    return info['volume_id']
