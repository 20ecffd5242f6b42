# SPDX-License-Identifier: Apache-2.0
"""Events that other services tell of servers: Neutron, Cinder and the like.

Which host hears of them is found out in
nova_lite/compute/requests/external_events.py.
"""

from nova_lite.api.openstack import wsgi
from nova_lite.compute import api as compute_api
from nova_lite.compute.requests import external_events
from nova_lite.states import external_event as names

PARTLY = 207
"""Not all of the events could be taken."""


class ServerExternalEvents:
    """``/os-server-external-events``."""

    def __init__(self):
        self._compute = compute_api.API()

    def create(self, request):
        """Tell of events of servers."""
        told = request.body['events']
        codes = self._compute.deliver_external_events(
            request.context, [{'tag': None, 'status': names.COMPLETED, **event}
                              for event in told])
        all_taken = set(codes) == {external_events.TAKEN}
        return wsgi.Answer({'events': [
            shown(event, code) for event, code in zip(told, codes, strict=True)]},
            status=None if all_taken else PARTLY)


def shown(event, code):
    """Answer an event with what became of it."""
    status = (event.get('status', names.COMPLETED) if code == external_events.TAKEN
              else names.FAILED)
    return {**event, 'status': status, 'code': code}
