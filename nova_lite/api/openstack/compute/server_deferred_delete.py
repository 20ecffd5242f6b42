# SPDX-License-Identifier: Apache-2.0
"""Deletes that wait for nothing.

The router has loaded the server as ``request.target``; what a delete is, is in
nova_lite/compute/requests/delete.py.
"""

from nova_lite.compute import api as compute_api


class ServerDeferredDelete:
    """The actions of a server about when its delete happens."""

    def __init__(self):
        self._compute = compute_api.API()

    def force_delete(self, request, server_id):
        """Delete a server at once, without a time in which it could be restored."""
        self._compute.delete(request.context, request.target)
