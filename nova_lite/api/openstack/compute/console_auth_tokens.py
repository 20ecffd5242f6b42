# SPDX-License-Identifier: Apache-2.0
"""What a token of a console leads to, for proxies that are not ours.

Before 2.31 only consoles by RDP were told of, which no hypervisor has any more.
"""

from nova_lite import exception
from nova_lite.api.openstack.microversions import Feature
from nova_lite.db.stores import console_auth_tokens as store

SHOWN = ('instance_uuid', 'host', 'port', 'internal_access_path')


class ConsoleAuthTokens:
    """``/os-console-auth-tokens/{console_token}``."""

    def show(self, request, console_token):
        """Show where a token of a console leads."""
        if not request.offers(Feature.TOKENS_OF_ALL_CONSOLES):
            raise exception.ConsoleTypeUnavailable
        row = store.find(request.context, console_token)
        shown = {name: row[name] for name in SHOWN}
        if request.offers(Feature.CONSOLE_TLS_PORT):
            shown['tls_port'] = row['tls_port']
        return {'console': shown}
