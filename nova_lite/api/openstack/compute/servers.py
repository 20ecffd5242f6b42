# SPDX-License-Identifier: Apache-2.0
"""Servers: create, list, show, update, delete.

The router has checked body, query and policy and, below a server, loaded its
row as ``request.target``; what is asked of the server is
nova_lite/compute/api.py's to do.
"""

from oslo_config import cfg

from nova_lite import exception
from nova_lite.api.openstack import wsgi
from nova_lite.api.openstack.compute import paging, server_create, server_filters
from nova_lite.api.openstack.compute.views import server_status
from nova_lite.api.openstack.compute.views import servers as views
from nova_lite.compute import api as compute_api
from nova_lite.db.stores import server_details, server_listing
from nova_lite.policies import servers as policies

CONF = cfg.CONF

COLUMNS = {'name': 'display_name', 'description': 'display_description', 'hostname': 'hostname',
           'accessIPv4': 'access_ip_v4', 'accessIPv6': 'access_ip_v6'}
"""Properties of an update that are columns as they are."""


class Servers:
    """``/servers`` and ``/servers/{server_id}``."""

    def __init__(self):
        self._compute = compute_api.API()

    def index(self, request):
        """List servers."""
        view = views.ServerView(request)
        rows = self._page(request, policies.INDEX_ALL_TENANTS, columns=views.SHORT)
        return self._list(request, view, rows, [view.short(row) for row in rows])

    def detail(self, request):
        """List servers with details."""
        view = views.ServerView(request)
        rows = self._page(request, policies.DETAIL_ALL_TENANTS)
        self._complete(request, view, rows)
        return self._list(request, view, rows, [view.in_list(row) for row in rows], 'detail')

    def show(self, request, server_id):
        """Show a server."""
        view = views.ServerView(request)
        self._complete(request, view, [request.target], with_groups=view.shows_groups)
        return {'server': view.one(request.target)}

    def create(self, request):
        """Create servers."""
        wanted = server_create.build_request_of(request)
        rows = self._compute.create(request.context, wanted)
        if wanted.return_reservation_id:
            return {'reservation_id': rows[0]['reservation_id']}
        view = views.ServerView(request)
        password = wanted.admin_password if CONF.api.enable_instance_password else None
        return wsgi.Answer({'server': view.created(rows[0], password)},
                           headers={'Location': view.links.own('servers', rows[0]['uuid'])})

    def update(self, request, server_id):
        """Rename or change a server."""
        wanted = request.body['server']
        changes = {column: wanted[name] for name, column in COLUMNS.items() if name in wanted}
        if 'OS-DCF:diskConfig' in wanted:
            changes['auto_disk_config'] = wanted['OS-DCF:diskConfig'] == 'AUTO'
        if 'pinned_availability_zone' in wanted:
            changes['requested_zone'] = _pinned_zone(
                request.target, wanted['pinned_availability_zone'])
        row = self._compute.update(request.context, request.target, changes)
        view = views.ServerView(request)
        self._complete(request, view, [row], with_groups=view.shows_groups)
        return {'server': view.updated(row)}

    def delete(self, request, server_id):
        """Delete a server."""
        self._compute.delete(request.context, request.target)

    @staticmethod
    def _page(request, all_tenants_policy, columns=None):
        filters = server_filters.filters_of(request, all_tenants_policy)
        sort = server_filters.sort_of(request)
        if filters is None:
            return []
        return server_listing.list_rows(
            request.context, filters=filters, sort=sort,
            marker=paging.marker_of(request), limit=paging.limit_of(request), columns=columns)

    @staticmethod
    def _complete(request, view, rows, with_groups=False):
        server_details.complete(
            request.context, rows, with_fault=server_status.WITH_FAULT,
            with_service=bool(view.host_states), with_groups=with_groups)

    @staticmethod
    def _list(request, view, rows, shown, *parts):
        answer = {'servers': shown}
        if paging.is_full(request, rows):
            answer['servers_links'] = view.links.next_page(
                rows[-1]['uuid'], 'servers', *parts)
        return answer


def _pinned_zone(row, zone):
    """Answer the zone that a server is to stay in; None lets it move to any.

    :raises PinnedZoneRefused: if it is not there, or has to be let out of another zone first
    """
    pinned = row['requested_zone']
    if zone not in (None, pinned) and (pinned is not None or zone != row['availability_zone']):
        raise exception.PinnedZoneRefused(instance_uuid=row['uuid'], zone=zone)
    return zone
