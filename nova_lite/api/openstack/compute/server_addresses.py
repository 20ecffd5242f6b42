# SPDX-License-Identifier: Apache-2.0
"""Addresses of servers: all of one server, or those in one network."""

from nova_lite import exception
from nova_lite.api.openstack.compute.views import servers as views


class ServerAddresses:
    """``/servers/{server_id}/ips``."""

    def index(self, request, server_id):
        """List the addresses of a server."""
        return {'addresses': views.plain_addresses_of(request.target['network_info'])}

    def show(self, request, server_id, network_label):
        """List the addresses of a server in one network."""
        addresses = views.plain_addresses_of(request.target['network_info'])
        if network_label not in addresses:
            raise exception.ServerNetworkNotFound(instance_id=server_id, label=network_label)
        return {network_label: addresses[network_label]}
