# SPDX-License-Identifier: Apache-2.0
"""The addresses of what only admins do with servers."""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import server_admin, targets
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import server_admin as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import server_admin as policies

ROWS = (
    Route(method='POST', path=parts.ACTION, action='os-resetState',
          controller=server_admin.ServerAdmin, handler='reset_state',
          policy=policies.RESET_STATE, target=targets.server, status=parts.ACCEPTED,
          body=schemas.RESET_STATE, response=router.NO_CONTENT),
)
