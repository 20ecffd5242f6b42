# SPDX-License-Identifier: Apache-2.0
"""How networks are shown."""

import ipaddress

from nova_lite.api.openstack.compute.views import moments

SHOWN = ('label', 'cidr', 'gateway', 'dns1', 'dns2')
SHOWN_TO_ADMINS = ('bridge', 'bridge_interface', 'mtu', 'project_id', 'dhcp_server')
NO_IPV6 = dict.fromkeys(('cidr_v6', 'gateway_v6', 'netmask_v6'))
NOT_OF_FLAT_NETWORKS = dict.fromkeys((
    'dhcp_start', 'host', 'priority', 'rxtx_base', 'vlan', 'vpn_private_address',
    'vpn_public_address', 'vpn_public_port'))
NATURE = {'enable_dhcp': True, 'share_address': True, 'multi_host': True, 'injected': False}
"""Of every network here: each host has the same DHCP address on its own bridge."""
NEVER_CHANGED = {'updated_at': None, 'deleted': False, 'deleted_at': None}


def brief(row):
    """Answer what a project needs to know of a network."""
    return {'id': row['uuid'], 'label': row['label'], 'cidr': row['cidr']}


def whole(request, row):
    """Answer all of a network that the caller may know."""
    cidr = ipaddress.ip_network(row['cidr'])
    shown = {'id': row['uuid'], 'netmask': str(cidr.netmask),
             'broadcast': str(cidr.broadcast_address),
             **{name: row[name] for name in SHOWN}, **NO_IPV6}
    if request.context.is_admin:
        shown.update({name: row[name] for name in SHOWN_TO_ADMINS})
        shown.update({**NATURE, **NEVER_CHANGED, **NOT_OF_FLAT_NETWORKS})
        shown['created_at'] = moments.with_fraction(row['created_at'])
    return shown
