# SPDX-License-Identifier: Apache-2.0
"""Schemas of networks, which the API shows before 2.36."""

from nova_lite.api.openstack.compute.schemas import parts

NOTHING = {'type': 'null'}

FOR_ALL = {
    'id': parts.UUID, 'label': parts.TEXT, 'cidr': parts.TEXT, 'netmask': parts.TEXT,
    'gateway': parts.TEXT, 'broadcast': parts.TEXT, 'dns1': parts.TEXT_OR_NULL,
    'dns2': parts.TEXT_OR_NULL, 'cidr_v6': NOTHING, 'gateway_v6': NOTHING,
    'netmask_v6': NOTHING}
FOR_ADMINS = {
    'bridge': parts.TEXT, 'bridge_interface': parts.TEXT_OR_NULL, 'mtu': parts.COUNT,
    'project_id': parts.TEXT_OR_NULL, 'dhcp_server': parts.TEXT, 'enable_dhcp': parts.BOOLEAN,
    'share_address': parts.BOOLEAN, 'multi_host': parts.BOOLEAN, 'injected': parts.BOOLEAN,
    'deleted': parts.BOOLEAN, 'created_at': parts.FINE_MOMENT_OR_NULL, 'updated_at': NOTHING,
    'deleted_at': NOTHING, 'dhcp_start': NOTHING, 'host': NOTHING, 'priority': NOTHING,
    'rxtx_base': NOTHING, 'vlan': NOTHING, 'vpn_private_address': NOTHING,
    'vpn_public_address': NOTHING, 'vpn_public_port': NOTHING}
_NETWORK = parts.closed({**FOR_ALL, **FOR_ADMINS}, optional=FOR_ADMINS)
_BRIEF = parts.closed({'id': parts.UUID, 'label': parts.TEXT, 'cidr': parts.TEXT})

LIST_ANSWER = parts.series(parts.closed({'networks': parts.array_of(_NETWORK)}))
SHOW_ANSWER = parts.series(parts.closed({'network': _NETWORK}))
BRIEF_LIST_ANSWER = parts.series(parts.closed({'networks': parts.array_of(_BRIEF)}))
BRIEF_SHOW_ANSWER = parts.series(parts.closed({'network': _BRIEF}))
