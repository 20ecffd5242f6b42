# SPDX-License-Identifier: Apache-2.0
"""Schemas of hosts."""

from nova_lite.api.openstack.compute.schemas import parts

SWITCH = {'type': 'string', 'enum': [
    'enable', 'Enable', 'ENABLE', 'disable', 'Disable', 'DISABLE']}

QUERY = parts.series(parts.query_of({'zone': parts.parameter()}))
UPDATE = parts.series({
    **parts.some_of({'status': SWITCH, 'maintenance_mode': SWITCH}), 'minProperties': 1})

LIST_ANSWER = parts.series(parts.closed({'hosts': parts.array_of(parts.closed({
    'host_name': parts.TEXT, 'service': parts.TEXT, 'zone': parts.TEXT}))}))
SHOW_ANSWER = parts.series(parts.closed({'host': parts.array_of(parts.closed({
    'resource': parts.closed({
        'host': parts.TEXT, 'project': parts.TEXT, 'cpu': parts.INTEGER,
        'memory_mb': parts.INTEGER, 'disk_gb': parts.INTEGER})}))}))
UPDATE_ANSWER = parts.series(parts.closed({
    'host': parts.TEXT, 'status': {'enum': ['enabled', 'disabled']},
    'maintenance_mode': {'enum': ['on_maintenance', 'off_maintenance']},
}, optional=('maintenance_mode',)))
POWER_ANSWER = parts.series(parts.closed({'host': parts.TEXT, 'power_action': parts.TEXT}))
