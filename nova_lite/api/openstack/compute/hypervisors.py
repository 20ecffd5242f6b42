# SPDX-License-Identifier: Apache-2.0
"""Hypervisors: list, show, search, statistics, uptime.

Until 2.53 one is named by a number, since then by its UUID. Everything comes
from the record but the uptime of a single one, which its host is asked for; a list
asks no host and shows what hosts said with their resources.
"""

from oslo_utils import strutils, uuidutils

from nova_lite import exception
from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute import paging
from nova_lite.api.openstack.compute.views import hypervisors as views
from nova_lite.api.openstack.compute.views import links
from nova_lite.api.openstack.microversions import Feature
from nova_lite.compute import api as compute_api
from nova_lite.db.stores import hypervisors as store

PART_OF_NAME = 'hypervisor_hostname_pattern'


class Hypervisors:
    """``/os-hypervisors`` and what is below it."""

    def __init__(self):
        self._hosts = compute_api.HostAPI()

    def index(self, request):
        """List hypervisors."""
        return self._list(request, views.short)

    def detail(self, request):
        """List hypervisors with details."""
        return self._list(request, views.in_list, 'detail')

    def statistics(self, request):
        """Show what all enabled hypervisors have together."""
        return {'hypervisor_statistics': views.statistics(store.statistics(request.context))}

    def show(self, request, hypervisor_id):
        """Show a hypervisor."""
        row = store.get(request.context, id_of(request, hypervisor_id))
        uptime = None
        if request.offers(Feature.HYPERVISOR_UPTIME):
            uptime = self._hosts.uptime_if_known(request.context, row['host'], row['is_up'])
        servers = _servers_of(request, [row])
        return {'hypervisor': views.whole(request, row, servers.get(row['id']), uptime)}

    def uptime(self, request, hypervisor_id):
        """Show since when a hypervisor runs."""
        row = store.get(request.context, id_of(request, hypervisor_id))
        uptime = self._hosts.uptime(request.context, row['host'], row['is_up'])
        return {'hypervisor': views.with_uptime(request, row, uptime)}

    def search(self, request, hypervisor_hostname_pattern):
        """Find hypervisors by a part of their name."""
        rows = _matching(request, hypervisor_hostname_pattern)
        return {'hypervisors': [views.short(request, row) for row in rows]}

    def servers(self, request, hypervisor_hostname_pattern):
        """List the servers of hypervisors."""
        rows = _matching(request, hypervisor_hostname_pattern)
        found = store.servers_of(request.context, [row['id'] for row in rows])
        return {'hypervisors': [views.short(request, row, found[row['id']]) for row in rows]}

    @staticmethod
    def _list(request, view, *parts):
        rows, has_more = _page(request)
        servers = _servers_of(request, rows)
        answer = {'hypervisors': [view(request, row, servers.get(row['id'])) for row in rows]}
        if has_more:
            last = rows[-1]['uuid' if request.offers(Feature.HYPERVISOR_UUID) else 'id']
            answer['hypervisors_links'] = links.Links(request).next_page(
                last, 'os-hypervisors', *parts)
        return answer


def _page(request):
    """Answer the rows that are asked for, and whether there may be more.

    :raises Invalid: if a part of a name is to be paged
    :raises NoHypervisorMatches: if there is none of such a name
    """
    part_of_name = request.asked(PART_OF_NAME)
    if part_of_name is not None:
        if 'limit' in request.query or 'marker' in request.query:
            raise exception.Invalid(
                f'Paging over hypervisors with the {PART_OF_NAME} query parameter is not '
                'supported.')
        return _matching(request, part_of_name), False
    if not request.offers(Feature.HYPERVISOR_PAGING):
        return store.list_hypervisors(request.context), False
    limit, marker = paging.limit_of(request), paging.marker_of(request)
    if marker is not None and not request.offers(Feature.HYPERVISOR_UUID):
        marker = _number_in(marker)
        if marker is None:
            raise exception.MarkerNotFound(marker=request.asked('marker'))
    rows = store.list_hypervisors(request.context, marker=marker, limit=limit)
    return rows, paging.is_full(request, rows)


def _matching(request, part_of_name):
    rows = store.list_hypervisors(request.context, part_of_name=part_of_name)
    if not rows:
        raise exception.NoHypervisorMatches(pattern=part_of_name)
    return rows


def _servers_of(request, rows):
    """Answer the servers by the number of the node; nothing if they were not asked for."""
    asked = request.asked('with_servers')
    if asked is None or not strutils.bool_from_string(asked):
        return {}
    return store.servers_of(request.context, [row['id'] for row in rows])


def id_of(request, hypervisor_id):
    """Answer the id in an address as the store knows it.

    :raises Invalid: if it is no UUID since there are UUIDs
    :raises HypervisorNotFound: if it is no number before
    """
    if request.offers(Feature.HYPERVISOR_UUID):
        if not uuidutils.is_uuid_like(hypervisor_id):
            raise exception.Invalid(f'Invalid uuid {hypervisor_id}')
        return hypervisor_id
    number = _number_in(hypervisor_id)
    if number is None:
        raise exception.HypervisorNotFound(hypervisor_id=hypervisor_id)
    return number


def _number_in(text):
    """Answer the number that a text is; None if it is none, or larger than any id."""
    if not (text.isascii() and text.isdecimal()) or len(text) > len(
            str(validation.HIGHEST_INTEGER)):
        return None
    return min(int(text), validation.HIGHEST_INTEGER)
