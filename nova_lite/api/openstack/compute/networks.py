# SPDX-License-Identifier: Apache-2.0
"""Networks: list and show, before 2.36.

They are made by ``nova-lite-manage network``. A network of another project is
not there; db/stores/networks.py sees to that.
"""

from nova_lite.api.openstack.compute.views import networks as views
from nova_lite.db.stores import networks as store


class Networks:
    """``/os-networks`` and ``/os-tenant-networks``."""

    def index(self, request):
        """List networks."""
        return {'networks': [views.whole(request, row)
                             for row in store.list_networks(request.context)]}

    def show(self, request, network_id):
        """Show a network."""
        return {'network': views.whole(request, store.get_by_uuid(request.context, network_id))}

    def tenant_index(self, request):
        """List the networks that a project may use."""
        return {'networks': [views.brief(row) for row in store.list_networks(request.context)]}

    def tenant_show(self, request, network_id):
        """Show a network that a project may use."""
        return {'network': views.brief(store.get_by_uuid(request.context, network_id))}
