# SPDX-License-Identifier: Apache-2.0
"""How availability zones are shown: what the services say of themselves, by zone."""

from oslo_config import cfg

from nova_lite.api.openstack.compute.views import moments
from nova_lite.api.openstack.compute.views import services as service_views

CONF = cfg.CONF


def short(rows):
    """Answer the zones of compute hosts, without the hosts.

    :param rows: of all services
    """
    return [_shown(zone, found, None) for zone, found in _by_zone(rows)
            if zone != CONF.internal_service_availability_zone]


def detailed(rows):
    """Answer all zones; those where servers can go, with hosts and services."""
    return [_shown(zone, found, _by_host(found) if found else None)
            for zone, found in _by_zone(rows)]


def _by_zone(rows):
    """Answer (zone, its enabled services), first of the zones that have some."""
    zones = {}
    for row in rows:
        enabled = zones.setdefault(service_views.zone_of(row), [])
        if not row['disabled']:
            enabled.append(row)
    return sorted(zones.items(), key=lambda pair: (not pair[1], pair[0]))


def _shown(zone, enabled, hosts):
    return {'zoneName': zone, 'zoneState': {'available': bool(enabled)}, 'hosts': hosts}


def _by_host(rows):
    hosts = {}
    for row in rows:
        hosts.setdefault(row['host'], {})[service_views.shown_binary(row['binary'])] = {
            'active': not row['disabled'], 'available': row['is_up'],
            'updated_at': moments.with_fraction(row['last_seen_at'])}
    return hosts
