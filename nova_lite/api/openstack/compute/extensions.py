# SPDX-License-Identifier: Apache-2.0
"""Extensions: list and show, for clients from the time when clouds differed in them."""

from nova_lite import exception
from nova_lite.api.openstack.compute import extension_list


class Extensions:
    """``/extensions`` and ``/extensions/{alias}``."""

    def index(self, request):
        """List the extensions of the API."""
        return {'extensions': list(extension_list.ALL.values())}

    def show(self, request, alias):
        """Show an extension of the API."""
        extension = extension_list.ALL.get(alias)
        if extension is None:
            raise exception.ExtensionNotFound
        return {'extension': extension}
