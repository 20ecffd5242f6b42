# SPDX-License-Identifier: Apache-2.0
"""Flavors: list, show, create, describe, delete."""

import re

from oslo_utils import strutils, uuidutils

from nova_lite import exception
from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute import paging
from nova_lite.api.openstack.compute.views import flavors as views
from nova_lite.db.stores import flavors as store

SORT_COLUMNS = {'vcpu_weight': 'id'}
"""Keys that Nova knows and that mean nothing here."""


class Flavors:
    """``/flavors`` and ``/flavors/{flavor_id}``."""

    def index(self, request):
        """List flavors."""
        view = views.FlavorView(request)
        rows = self._page(request, with_extra_specs=False)
        return self._list(request, view, rows, [view.short(row) for row in rows])

    def detail(self, request):
        """List flavors with details."""
        view = views.FlavorView(request)
        rows = self._page(request, with_extra_specs=view.shows_specs)
        return self._list(request, view, rows, [view.whole(row) for row in rows], 'detail')

    def show(self, request, flavor_id):
        """Show a flavor."""
        return self._one(request, store.get_by_flavorid(request.context, flavor_id))

    def create(self, request):
        """Create a flavor."""
        return self._one(request, store.create(
            request.context, columns_of(request.body['flavor'])))

    def update(self, request, flavor_id):
        """Change the description of a flavor."""
        return self._one(request, store.update(request.context, flavor_id, {
            'description': request.body['flavor']['description']}))

    def delete(self, request, flavor_id):
        """Delete a flavor."""
        store.delete(request.context, flavor_id)

    @staticmethod
    def _one(request, row):
        return {'flavor': views.FlavorView(request).whole(row)}

    @staticmethod
    def _page(request, *, with_extra_specs):
        key = request.asked('sort_key', 'flavorid')
        return store.list_flavors(
            request.context, filters=filters_of(request), sort_key=SORT_COLUMNS.get(key, key),
            sort_dir=request.asked('sort_dir', 'asc'),
            marker=paging.marker_of(request), limit=paging.limit_of(request),
            with_extra_specs=with_extra_specs)

    @staticmethod
    def _list(request, view, rows, shown, *parts):
        answer = {'flavors': shown}
        if paging.is_full(request, rows):
            answer['flavors_links'] = view.next_page(rows, *parts)
        return answer


def filters_of(request):
    """Answer the store's filters.

    :raises Invalid: if one is not what it should be
    """
    return {
        'disabled': None if request.context.is_admin else False,
        'is_public': _publicity_of(request),
        'min_memory_mb': _number_of(request, 'minRam'),
        'min_root_gb': _number_of(request, 'minDisk'),
        'name': request.asked('name'),
    }


def _number_of(request, name):
    asked = request.asked(name)
    if asked is None:
        return None
    if not re.fullmatch('-?[0-9]+', asked):
        raise exception.Invalid(f'Invalid {name} filter [{asked}]')
    return int(asked)


def _publicity_of(request):
    """Answer which flavors an admin wants: public ones, private ones, or (None) both."""
    asked = request.asked('is_public')
    if asked is None or not request.context.is_admin:
        return True
    if asked.lower() == 'none':
        return None
    try:
        return strutils.bool_from_string(asked, strict=True)
    except ValueError:
        raise exception.Invalid(f'Invalid is_public filter [{asked}]') from None


def columns_of(wanted):
    """Answer the columns of the flavor that a body describes.

    :raises Invalid: if a number that came as text is out of range
    """
    identifier = wanted.get('id')
    if identifier is None or identifier == 'auto':
        identifier = uuidutils.generate_uuid()
    return {
        'flavorid': str(identifier), 'name': wanted['name'],
        'memory_mb': _amount(wanted, 'ram', 1), 'vcpus': _amount(wanted, 'vcpus', 1),
        'root_gb': _amount(wanted, 'disk', 0),
        'ephemeral_gb': _amount(wanted, 'OS-FLV-EXT-DATA:ephemeral', 0),
        'swap': _amount(wanted, 'swap', 0), 'rxtx_factor': _factor(wanted),
        'is_public': strutils.bool_from_string(
            wanted.get('os-flavor-access:is_public', True), strict=True),
        'disabled': False, 'description': wanted.get('description'),
    }


def _amount(wanted, name, least):
    """Answer a number of the body; the schema can't tell how large a text's number is."""
    amount = int(wanted.get(name, 0))
    if not least <= amount <= validation.HIGHEST_INTEGER:
        raise exception.Invalid(f"'{name}' must be from {least} to {validation.HIGHEST_INTEGER}")
    return amount


def _factor(wanted):
    factor = float(wanted.get('rxtx_factor', 1.0))
    if factor <= 0:
        raise exception.Invalid("'rxtx_factor' must be above 0")
    return factor
