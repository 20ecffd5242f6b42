# SPDX-License-Identifier: Apache-2.0
"""How services are shown."""

from oslo_config import cfg

from nova_lite.api.openstack.compute.views import moments
from nova_lite.api.openstack.microversions import Feature
from nova_lite.db.stores import availability_zones

CONF = cfg.CONF


def _has_number(service, row):
    service['id'] = row['id']


LOWER = (
    (Feature.SERVICE_UUID, _has_number),
    (Feature.FORCED_DOWN, lambda service, _row: service.pop('forced_down')),
)


DAEMONS, CLIENTS = 'nova-lite-', 'nova-'


def shown_binary(binary):
    """Answer the name that clients know a service by: that of its twin in Nova."""
    return binary.replace(DAEMONS, CLIENTS, 1)


def binary_of(name):
    """Answer the daemon that a client means, by either name; None for None."""
    if name is None or name.startswith(DAEMONS):
        return name
    return name.replace(CLIENTS, DAEMONS, 1)


def whole(request, row):
    """Answer all of a service, as the request's version knows it."""
    shown = {
        'id': row['uuid'], 'binary': shown_binary(row['binary']), 'host': row['host'],
        'zone': zone_of(row),
        'status': status_of(row), 'state': 'up' if row['is_up'] else 'down',
        'disabled_reason': row['disabled_reason'], 'forced_down': row['forced_down'],
        'updated_at': moments.with_fraction(_last_moment(row))}
    for feature, lower in LOWER:
        if not request.offers(feature):
            lower(shown, row)
    return shown


def changed(row, *names):
    """Answer what changes by address show: the address, and what was changed."""
    known = {**row, 'status': status_of(row), 'binary': shown_binary(row['binary'])}
    return {'service': {name: known[name] for name in ('host', 'binary', *names)}}


def zone_of(row):
    """Answer where the service is: what it says, else what the configuration says of its kind."""
    if row['availability_zone']:
        return row['availability_zone']
    if row['binary'] == availability_zones.COMPUTE:
        return CONF.default_availability_zone
    return CONF.internal_service_availability_zone


def status_of(row):
    """Answer whether new servers may come to the service, as a word."""
    return 'disabled' if row['disabled'] else 'enabled'


def _last_moment(row):
    """Answer when the service was last heard of or changed."""
    known = [moment for moment in (row['last_seen_at'], row['updated_at']) if moment]
    return max(known, default=None)
