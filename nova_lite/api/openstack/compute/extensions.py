# SPDX-License-Identifier: Apache-2.0
"""Extensions: list and show, for clients from the time when clouds differed in them."""

from nova_lite import exception
from nova_lite.api.openstack import wsgi
from nova_lite.api.openstack.compute import extension_list


class Extensions:
    """``/extensions`` and ``/extensions/{alias}``."""

    def index(self, request):
        """List the extensions of the API."""
        return {'extensions': list(_known_to(request).values())}

    def show(self, request, alias):
        """Show an extension of the API."""
        extension = _known_to(request).get(alias)
        if extension is None:
            raise exception.ExtensionNotFound
        return {'extension': extension}


def _known_to(request):
    is_legacy = request.http.environ.get(wsgi.LEGACY)
    return extension_list.ALL_OF_V2 if is_legacy else extension_list.ALL
