# SPDX-License-Identifier: Apache-2.0
"""The addresses of consoles."""

from nova_lite.api.openstack.compute import consoles, targets
from nova_lite.api.openstack.compute.routes import parts
from nova_lite.api.openstack.compute.schemas import consoles as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import consoles as policies

ROWS = (
    Route(method='POST', path=parts.ACTION, action='os-getConsoleOutput',
          controller=consoles.Consoles, handler='output',
          policy=policies.OUTPUT, target=targets.server,
          body=schemas.OUTPUT, response=schemas.OUTPUT_ANSWER),
)
