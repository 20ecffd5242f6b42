# SPDX-License-Identifier: Apache-2.0
"""How servers are shown: the newest form is built, then lowered to the request's version."""

import functools
import hashlib

from nova_lite.api.openstack.compute.views import links, moments, server_status
from nova_lite.api.openstack.microversions import Feature
from nova_lite.objects import instance as instance_objects
from nova_lite.policies import enforcement
from nova_lite.policies import servers as policies

DEFAULT_GROUP = [{'name': 'default'}]
UNKNOWN = 'UNKNOWN'
HOST_STATES = ('', 'UP', 'MAINTENANCE', 'DOWN', UNKNOWN)
"""Of a server's host: on none, heard of, disabled, forced down, not heard of."""

SHORT = ('uuid', 'display_name')
"""Columns that the short list shows."""

EXTENDED_FROM_2_3 = tuple(f'OS-EXT-SRV-ATTR:{name}' for name in (
    'reservation_id', 'launch_index', 'kernel_id', 'ramdisk_id', 'root_device_name',
    'user_data', 'hostname'))
NOT_IN_OLD_UPDATES = frozenset({
    'OS-EXT-AZ:availability_zone', 'config_drive', 'key_name', 'OS-SRV-USG:launched_at',
    'OS-SRV-USG:terminated_at', 'OS-EXT-STS:task_state', 'OS-EXT-STS:vm_state',
    'OS-EXT-STS:power_state', 'OS-EXT-SRV-ATTR:host', 'OS-EXT-SRV-ATTR:hypervisor_hostname',
    'OS-EXT-SRV-ATTR:instance_name', *EXTENDED_FROM_2_3, 'host_status', 'security_groups',
    'os-extended-volumes:volumes_attached'})
"""What the answer to an update did not have before 2.75."""


def _drop(*names):
    def lower(server):
        for name in names:
            server.pop(name, None)
    return lower


def _drop_image_properties(server):
    if server['image']:
        del server['image']['properties']


LOWER = (
    (Feature.SCHEDULER_HINTS, _drop('scheduler_hints')),
    (Feature.IMAGE_PROPERTIES, _drop_image_properties),
    (Feature.PINNED_ZONE, _drop('pinned_availability_zone')),
    (Feature.LOCKED_REASON, _drop('locked_reason')),
    (Feature.SERVER_GROUPS, _drop('server_groups')),
    (Feature.TRUSTED_CERTS, _drop('trusted_image_certificates')),
    (Feature.SERVER_TAGS, _drop('tags')),
    (Feature.SERVER_DESCRIPTION, _drop('description')),
    (Feature.SERVER_HOST_STATUS, _drop('host_status')),
    (Feature.SERVER_LOCKED, _drop('locked')),
    (Feature.EXTENDED_SERVER_ATTRIBUTES, _drop(*EXTENDED_FROM_2_3)),
)
"""(feature, what takes it away again) for versions that do not know it."""


class ServerView:
    """Shows servers in the answer to one request; what the caller may see is asked once.

    :ivar links: makes the addresses in the answer
    """

    def __init__(self, request):
        self._request = request
        self.links = links.Links(request)

    @functools.cached_property
    def host_states(self):
        """Which states of hosts are shown; if there are any, rows need the compute service."""
        if not self._request.offers(Feature.SERVER_HOST_STATUS):
            return ()
        if self._allows(policies.SHOW_HOST_STATUS):
            return HOST_STATES
        return (UNKNOWN,) if self._allows(policies.SHOW_UNKNOWN_HOST_STATUS) else ()

    @property
    def shows_groups(self):
        """Whether rows need their server groups, if one server alone is shown."""
        return self._request.offers(Feature.SERVER_GROUPS)

    @functools.cached_property
    def _shows_extended(self):
        return self._allows(policies.SHOW_EXTENDED_ATTRIBUTES)

    @functools.cached_property
    def _shows_extra_specs(self):
        return self._allows(policies.SHOW_EXTRA_SPECS)

    @functools.cached_property
    def _lower(self):
        """What takes away what the request's version and the caller do not know."""
        lower = [each for feature, each in LOWER if not self._request.offers(feature)]
        if not self._shows_extended and not self._request.offers(Feature.REQUESTED_HOSTNAME):
            # The host name was for admins only until its owner could choose it.
            lower.append(_drop('OS-EXT-SRV-ATTR:hostname'))
        return lower

    def _allows(self, rule):
        return enforcement.allows(self._request.context, rule)

    def short(self, row):
        """Answer what the short list shows."""
        return {'id': row['uuid'], 'name': row['display_name'],
                'links': self.links.pair('servers', row['uuid'])}

    def created(self, row, password):
        """Answer what the create request is told.

        :param password: None is not shown
        """
        shown = {'id': row['uuid'], 'links': self.links.pair('servers', row['uuid']),
                 'OS-DCF:diskConfig': _disk_config(row), 'security_groups': DEFAULT_GROUP}
        if password is not None:
            shown['adminPass'] = password
        return shown

    def one(self, row):
        """Answer what show answers."""
        return self._lowered({**self._newest(row), 'server_groups': row['server_groups']})

    def in_list(self, row):
        """Answer what the long list shows."""
        return self._lowered(self._newest(row))

    def updated(self, row):
        """Answer what an update answers: what show does, or as little as it used to be."""
        shown = self.one(row)
        if self._request.offers(Feature.STRICT_QUERIES):
            return shown
        return {**{name: value for name, value in shown.items() if name not in NOT_IN_OLD_UPDATES},
                'addresses': plain_addresses_of(row['network_info'])}

    def _lowered(self, server):
        for lower in self._lower:
            lower(server)
        return server

    def _newest(self, row):
        return {**self._identity(row), **_times(row), **_state(row), **_settings(row),
                **self._parts(row), **self._for_admins(row), **self._fault(row)}

    def _identity(self, row):
        return {
            'id': row['uuid'], 'name': row['display_name'],
            'description': row['display_description'],
            'tenant_id': row['project_id'], 'user_id': row['user_id'],
            'hostId': host_id_of(row['project_id'], row['host']),
            'links': self.links.pair('servers', row['uuid']),
            'OS-EXT-SRV-ATTR:hostname': row['hostname'],
        }

    def _parts(self, row):
        return {
            'image': self._image(row), 'flavor': self._flavor(row),
            'addresses': addresses_of(row['network_info']),
            'security_groups': DEFAULT_GROUP, 'os-extended-volumes:volumes_attached': [],
        }

    def _image(self, row):
        if not row['image_ref']:
            return ''
        return {'id': row['image_ref'], 'links': self.links.of_image(row['image_ref']),
                'properties': image_properties_of(row['image_meta'] or {})}

    def _flavor(self, row):
        flavor = row['flavor']
        if not self._request.offers(Feature.EMBEDDED_FLAVOR):
            return {'id': row['flavor_id'],
                    'links': self.links.bookmark('flavors', row['flavor_id'])}
        shown = {'vcpus': flavor['vcpus'], 'ram': flavor['memory_mb'], 'disk': flavor['root_gb'],
                 'ephemeral': flavor['ephemeral_gb'], 'swap': flavor['swap'],
                 'original_name': flavor['name']}
        if self._shows_extra_specs:
            shown['extra_specs'] = flavor['extra_specs']
        return shown

    def _for_admins(self, row):
        shown = {}
        if self._shows_extended:
            shown.update(_extended(row))
        if self.host_states:
            state = host_status_of(row)
            if state in self.host_states:
                shown['host_status'] = state
        return shown

    def _fault(self, row):
        fault = row['fault']
        if fault is None or row['vm_state'] not in server_status.WITH_FAULT:
            return {}
        shown = {'code': fault['code'], 'message': fault['message'],
                 'created': moments.whole_seconds(fault['created_at'])}
        if fault['details'] and (self._request.context.is_admin or fault['code'] != 500):
            shown['details'] = fault['details']
        return {'fault': shown}


def _times(row):
    return {
        'created': moments.whole_seconds(row['created_at']),
        'updated': moments.whole_seconds(row['updated_at'] or row['created_at']),
        'OS-SRV-USG:launched_at': moments.with_fraction(row['launched_at']),
        'OS-SRV-USG:terminated_at': moments.with_fraction(row['terminated_at']),
    }


def _state(row):
    status = server_status.status_of(row['vm_state'])
    shown = {
        'status': status,
        'OS-EXT-STS:vm_state': row['vm_state'], 'OS-EXT-STS:task_state': row['task_state'],
        'OS-EXT-STS:power_state': row['power_state'],
        'locked': row['locked'], 'locked_reason': row['locked_reason'],
    }
    if status in server_status.WITH_PROGRESS:
        shown['progress'] = row['progress']
    return shown


def _settings(row):
    return {
        'metadata': row['metadata'], 'tags': row['tags'], 'key_name': row['key_name'],
        'config_drive': 'True' if row['config_drive'] else '',
        'accessIPv4': row['access_ip_v4'] or '', 'accessIPv6': row['access_ip_v6'] or '',
        'OS-DCF:diskConfig': _disk_config(row),
        'OS-EXT-AZ:availability_zone': row['availability_zone'] or '',
        'pinned_availability_zone': row['requested_zone'],
        'trusted_image_certificates': row['trusted_certs'],
        'scheduler_hints': row['scheduler_hints'] or {},
    }


def _extended(row):
    shown = {'host': row['host'], 'hypervisor_hostname': row['node'],
             'instance_name': instance_objects.INSTANCE_NAME % row['id'],
             'reservation_id': row['reservation_id'], 'launch_index': row['launch_index'],
             'kernel_id': row['kernel_id'] or '', 'ramdisk_id': row['ramdisk_id'] or '',
             'root_device_name': row['root_device_name'], 'user_data': row['user_data']}
    return {f'OS-EXT-SRV-ATTR:{name}': value for name, value in shown.items()}


def _disk_config(row):
    return 'AUTO' if row['auto_disk_config'] else 'MANUAL'


def host_id_of(project_id, host):
    """Answer what tells hosts apart without naming them, differently for each project."""
    return hashlib.sha224(f'{project_id}{host}'.encode()).hexdigest() if host else ''


def addresses_of(network_info):
    """Answer a server's addresses by the label of the network."""
    shown = {}
    for nic in network_info:
        shown.setdefault(nic['network']['label'], []).extend(
            {'version': fixed['version'], 'addr': fixed['address'], 'OS-EXT-IPS:type': 'fixed',
             'OS-EXT-IPS-MAC:mac_addr': nic['address']} for fixed in nic['fixed_ips'])
    return shown


def plain_addresses_of(network_info):
    """Answer a server's addresses by the label of the network, and nothing else of them."""
    return {label: [{'version': each['version'], 'addr': each['addr']} for each in found]
            for label, found in addresses_of(network_info).items()}


IMAGE_FIELDS = ('container_format', 'disk_format', 'min_disk', 'min_ram')


def image_properties_of(image_meta):
    """Answer what a server keeps of its image's properties, as texts."""
    kept = {name: str(image_meta[name]) for name in IMAGE_FIELDS
            if image_meta.get(name) is not None}
    if image_meta:
        kept['base_image_ref'] = image_meta['id']
    return {**image_meta.get('properties', {}), **kept}


def host_status_of(row):
    """Answer the state of a server's host in one word; '' if it is on none."""
    service = row['service']
    if service is None:
        return ''
    if service['forced_down']:
        return 'DOWN'
    if service['disabled']:
        return 'MAINTENANCE'
    return 'UP' if service['is_seen'] else UNKNOWN

