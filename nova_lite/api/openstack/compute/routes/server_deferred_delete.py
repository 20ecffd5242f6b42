# SPDX-License-Identifier: Apache-2.0
"""The addresses of deletes that wait for nothing."""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import server_deferred_delete, targets
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import server_deferred_delete as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import server_deferred_delete as policies

ROWS = (
    Route(method='POST', path=parts.ACTION, action='forceDelete',
          controller=server_deferred_delete.ServerDeferredDelete, handler='force_delete',
          policy=policies.FORCE, target=targets.server, status=parts.ACCEPTED,
          body=schemas.FORCE_DELETE, response=router.NO_CONTENT),
)
