# SPDX-License-Identifier: Apache-2.0
"""Instance actions: who asked a server for what, and each step of it.

The router has loaded the server, since 2.21 a deleted one too, as
``request.target``.
"""

from oslo_utils import timeutils

from nova_lite import exception
from nova_lite.api.openstack.compute import paging
from nova_lite.api.openstack.compute.views import instance_actions as views
from nova_lite.api.openstack.microversions import Feature
from nova_lite.db.stores import actions as store


class InstanceActions:
    """``/servers/{server_id}/os-instance-actions``."""

    def index(self, request, server_id):
        """List the actions of a server."""
        since, before = period_of(request)
        pages = request.offers(Feature.ACTION_PAGING)
        limit = paging.limit_of(request) if pages else None
        rows = store.list_actions(
            request.context, request.target['uuid'], limit=limit,
            marker=paging.marker_of(request), changes_since=since, changes_before=before)
        view = views.ActionView(request)
        answer = {'instanceActions': [view.action(row) for row in rows]}
        if pages and paging.is_full(request, rows):
            answer['links'] = view.next_page(rows)
        return answer

    def show(self, request, server_id, request_id):
        """Show an action of a server."""
        row = store.get_action(request.context, request.target['uuid'], request_id)
        view = views.ActionView(request)
        shown = view.action(row)
        if view.shows_events:
            shown['events'] = [
                view.event(event) for event in store.list_events(request.context, row['id'])]
        return {'instanceAction': shown}


def period_of(request):
    """Answer the first and the last moment of the changes that are wanted; None is open.

    :raises Invalid: if it ends before it begins
    """
    since, before = (_moment(request.asked(name)) for name in (
        'changes-since', 'changes-before'))
    check_period(since, before)
    return since, before


def check_period(since, before):
    """Refuse a period of changes that ends before it begins; None is open.

    :raises Invalid: if it does
    """
    if since is not None and before is not None and since > before:
        raise exception.Invalid(
            'The value of changes-since must be less than or equal to changes-before.')


def _moment(text):
    return text and timeutils.normalize_time(timeutils.parse_isotime(text))
