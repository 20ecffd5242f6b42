# SPDX-License-Identifier: Apache-2.0
"""What only admins do with servers.

The router has loaded the server as ``request.target``; what happens is in
nova_lite/compute/requests/reset_state.py.
"""

from nova_lite.compute import api as compute_api


class ServerAdmin:
    """The actions of a server for admins."""

    def __init__(self):
        self._compute = compute_api.API()

    def reset_state(self, request, server_id):
        """Reset the state of a server."""
        self._compute.reset_state(
            request.context, request.target, request.body['os-resetState']['state'])
