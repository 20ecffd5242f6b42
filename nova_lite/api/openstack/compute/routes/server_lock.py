# SPDX-License-Identifier: Apache-2.0
"""The addresses of lock and unlock."""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import server_lock, targets
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import server_lock as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import server_lock as policies
from nova_lite.states import transitions

LOCK = transitions.TABLE[transitions.LOCK].action
UNLOCK = transitions.TABLE[transitions.UNLOCK].action

ROWS = (
    Route(method='POST', path=parts.ACTION, action=LOCK, controller=server_lock.ServerLock,
          handler='lock', policy=policies.LOCK, target=targets.server, status=parts.ACCEPTED,
          body=schemas.LOCK, response=router.NO_CONTENT),
    Route(method='POST', path=parts.ACTION, action=UNLOCK, controller=server_lock.ServerLock,
          handler='unlock', policy=policies.UNLOCK, target=targets.server, status=parts.ACCEPTED,
          body=schemas.UNLOCK, response=router.NO_CONTENT),
)
