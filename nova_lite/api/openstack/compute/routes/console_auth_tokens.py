# SPDX-License-Identifier: Apache-2.0
"""The address of what tokens of consoles lead to."""

from nova_lite.api.openstack.compute import console_auth_tokens
from nova_lite.api.openstack.compute.schemas import console_auth_tokens as schemas
from nova_lite.api.openstack.router import Route
from nova_lite.policies import console_auth_tokens as policies

ROWS = (
    Route(method='GET', path='/os-console-auth-tokens/{console_token}',
          controller=console_auth_tokens.ConsoleAuthTokens, handler='show',
          policy=policies.SHOW, response=schemas.ANSWER),
)
