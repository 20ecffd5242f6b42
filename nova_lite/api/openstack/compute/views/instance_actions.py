# SPDX-License-Identifier: Apache-2.0
"""How the record of what was asked of a server is shown."""

from nova_lite.api.openstack.compute.views import links, moments, servers
from nova_lite.api.openstack.microversions import Feature
from nova_lite.policies import enforcement
from nova_lite.policies import instance_actions as policies

SHOWN = ('action', 'instance_uuid', 'request_id', 'user_id', 'project_id', 'message')


class ActionView:
    """Shows the actions of one server in the answer to one request.

    :param request: its target is the server
    """

    def __init__(self, request):
        self._request = request
        owner = {'project_id': request.target['project_id'],
                 'user_id': request.target['user_id']}
        self._shows_all = enforcement.allows(request.context, policies.EVENTS, owner)
        self._shows_details = request.offers(
            Feature.ACTION_EVENT_DETAILS) and enforcement.allows(
                request.context, policies.EVENT_DETAILS, owner)

    @property
    def shows_events(self):
        """Whether the request gets to see events."""
        return self._shows_all or self._request.offers(Feature.ACTION_EVENTS_FOR_OWNER)

    def action(self, row):
        """Answer an action without its events."""
        shown = {name: row[name] for name in SHOWN}
        shown['start_time'] = moments.with_fraction(row['start_time'])
        if self._request.offers(Feature.ACTION_PAGING):
            shown['updated_at'] = moments.with_fraction(row['updated_at'])
        return shown

    def event(self, row):
        """Answer a step of an action."""
        shown = {'event': row['event'], 'result': row['result'],
                 'start_time': moments.with_fraction(row['start_time']),
                 'finish_time': moments.with_fraction(row['finish_time'])}
        if self._shows_all:
            shown['traceback'] = row['traceback']
        if self._request.offers(Feature.ACTION_EVENT_HOST):
            shown['hostId'] = servers.host_id_of(
                self._request.target['project_id'], row['host'])
            if self._shows_all:
                shown['host'] = row['host']
        if self._shows_details:
            shown['details'] = row['details']
        return shown

    def next_page(self, rows):
        """Answer the link to the page after these rows."""
        return links.Links(self._request).next_page(
            rows[-1]['request_id'], 'servers', self._request.target['uuid'],
            'os-instance-actions')
