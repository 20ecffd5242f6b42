# SPDX-License-Identifier: Apache-2.0
"""The password that a guest has posted to the metadata service.

It is encrypted with the key of the server's owner; who may see the text can not
read it without the other half. The router has loaded the server as
``request.target``.
"""

from nova_lite.db.stores import metadata as store


class ServerPassword:
    """``/servers/{server_id}/os-server-password``."""

    def index(self, request, server_id):
        """Show the password that the guest has made for itself."""
        return {'password': store.password(request.context, request.target['uuid'])}

    def clear(self, request, server_id):
        """Forget the password of the guest, which may then post another."""
        store.clear_password(request.context, request.target['uuid'])
