# SPDX-License-Identifier: Apache-2.0
"""The address of the password that a guest has made for itself."""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute import server_password, targets
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import server_password as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import server_password as policies

PASSWORD = f'{parts.SERVER}/os-server-password'

ROWS = (
    Route(method='GET', path=PASSWORD, controller=server_password.ServerPassword,
          handler='index', policy=policies.SHOW, target=targets.server,
          response=schemas.SHOW_ANSWER),
    Route(method='DELETE', path=PASSWORD, controller=server_password.ServerPassword,
          handler='clear', policy=policies.CLEAR, target=targets.server, status=parts.GONE,
          response=router.NO_CONTENT),
)
