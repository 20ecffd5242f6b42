# SPDX-License-Identifier: Apache-2.0
"""Lock and unlock of servers.

The router has loaded the server as ``request.target``; what a lock means is in
nova_lite/compute/requests/lock.py.
"""

from nova_lite.api.openstack import router
from nova_lite.api.openstack.microversions import Feature
from nova_lite.compute import api as compute_api
from nova_lite.compute.requests import lock
from nova_lite.policies import enforcement
from nova_lite.policies import server_lock as policies


class ServerLock:
    """The actions of a server that lock and unlock it."""

    def __init__(self):
        self._compute = compute_api.API()

    def lock(self, request, server_id):
        """Lock a server."""
        self._compute.lock(request.context, request.target, _reason_in(request))

    def unlock(self, request, server_id):
        """Unlock a server."""
        if request.target['locked_by'] == lock.ADMIN:
            enforcement.authorize(request.context, policies.UNLOCK_OVERRIDE,
                                  router.owner_of(request.target))
        self._compute.unlock(request.context, request.target)


def _reason_in(request):
    """Answer why; older versions know no reasons."""
    if not request.offers(Feature.LOCKED_REASON):
        return None
    return (request.body['lock'] or {}).get('locked_reason')
