# SPDX-License-Identifier: Apache-2.0
"""Host aggregates: list, create, show, update, delete, their hosts and metadata."""

import re

from oslo_log import log

from nova_lite import exception
from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute.views import aggregates as views
from nova_lite.compute.requests import image_caching
from nova_lite.db.stores import aggregates as store
from nova_lite.db.stores import availability_zones

LOG = log.getLogger(__name__)


class Aggregates:
    """``/os-aggregates`` and what is below it."""

    def index(self, request):
        """List host aggregates."""
        return {'aggregates': [views.whole(request, row)
                               for row in store.list_aggregates(request.context)]}

    def create(self, request):
        """Create a host aggregate."""
        wanted = request.body['aggregate']
        row = store.create(
            request.context, wanted['name'], wanted.get(availability_zones.KEY))
        LOG.info('Aggregate %s (%s) was created', row['id'], row['name'])
        return {'aggregate': views.made(request, row)}

    def show(self, request, aggregate_id):
        """Show a host aggregate."""
        return _one(request, store.get(request.context, number_of(aggregate_id)))

    def update(self, request, aggregate_id):
        """Rename a host aggregate or change its availability zone."""
        wanted = dict(request.body['aggregate'])
        name = wanted.pop('name', None)
        return _one(request, store.update(
            request.context, number_of(aggregate_id), name=name, pairs=wanted))

    def delete(self, request, aggregate_id):
        """Delete a host aggregate without hosts."""
        store.delete(request.context, number_of(aggregate_id))
        LOG.info('Aggregate %s was deleted', aggregate_id)

    def add_host(self, request, aggregate_id):
        """Add a host to an aggregate."""
        return self._change_hosts(request, aggregate_id, store.add_host, 'add_host')

    def remove_host(self, request, aggregate_id):
        """Remove a host from an aggregate."""
        return self._change_hosts(request, aggregate_id, store.remove_host, 'remove_host')

    def set_metadata(self, request, aggregate_id):
        """Add, change and remove pairs of an aggregate's metadata."""
        pairs = request.body['set_metadata']['metadata']
        check_zone(pairs.get(availability_zones.KEY))
        return _one(request, store.update(
            request.context, number_of(aggregate_id), pairs=pairs))

    def cache_images(self, request, aggregate_id):
        """Have the hosts of an aggregate fetch images before servers need them."""
        image_caching.cache(request.context, number_of(aggregate_id),
                            [image['id'] for image in request.body['cache']])

    @staticmethod
    def _change_hosts(request, aggregate_id, change, action):
        host = request.body[action]['host']
        row = change(request.context, number_of(aggregate_id), host)
        LOG.info('Aggregate %s: %s %s', aggregate_id, action, host)
        return _one(request, row)


def _one(request, row):
    return {'aggregate': views.whole(request, row)}


def number_of(aggregate_id):
    """Answer the number in an address.

    :raises InvalidInput: if it is none
    :raises AggregateNotFound: if no aggregate can have it
    """
    if not re.fullmatch('-?[0-9]+', aggregate_id):
        raise exception.InvalidInput(reason='id must be an integer')
    digits = len(str(validation.HIGHEST_INTEGER))
    if len(aggregate_id) > digits or not 0 < int(aggregate_id) <= validation.HIGHEST_INTEGER:
        raise exception.AggregateNotFound(aggregate_id=aggregate_id)
    return int(aggregate_id)


def check_zone(zone):
    """Refuse a name that no create request could ask for; None takes the zone away.

    :raises InvalidInput: if it is empty, or has a colon
    """
    if zone is not None and (not zone.strip() or ':' in zone):
        raise exception.InvalidInput(
            reason=f"'{zone}' can not be the name of an availability zone")
