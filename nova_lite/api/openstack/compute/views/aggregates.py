# SPDX-License-Identifier: Apache-2.0
"""How host aggregates are shown."""

from nova_lite.api.openstack.compute.views import moments
from nova_lite.api.openstack.microversions import Feature
from nova_lite.db.stores import availability_zones


def whole(request, row):
    """Answer all of an aggregate, as the request's version knows it."""
    return {**made(request, row), 'hosts': row['hosts'], 'metadata': row['metadata']}


def made(request, row):
    """Answer what the create request is told: there are no hosts yet."""
    shown = {
        'id': row['id'], 'name': row['name'],
        'availability_zone': row['metadata'].get(availability_zones.KEY),
        'created_at': moments.with_fraction(row['created_at']),
        'updated_at': moments.with_fraction(row['updated_at']),
        # A deleted aggregate is not there any more.
        'deleted': False, 'deleted_at': None}
    if request.offers(Feature.AGGREGATE_UUID):
        shown['uuid'] = row['uuid']
    return shown
