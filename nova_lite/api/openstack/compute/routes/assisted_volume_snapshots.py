# SPDX-License-Identifier: Apache-2.0
"""The addresses of snapshots of volumes that a server has to help with."""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import assisted_volume_snapshots as controllers
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import assisted_volume_snapshots as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import assisted_volume_snapshots as policies

ALL = '/os-assisted-volume-snapshots'

ROWS = (
    Route(method='POST', path=ALL, controller=controllers.AssistedVolumeSnapshots,
          handler='create', policy=policies.CREATE,
          body=schemas.CREATE, response=schemas.CREATE_ANSWER),
    Route(method='DELETE', path=f'{ALL}/{{snapshot_id}}',
          controller=controllers.AssistedVolumeSnapshots, handler='delete',
          policy=policies.DELETE, status=parts.GONE, query=schemas.DELETE_QUERY,
          response=router.NO_CONTENT),
)
