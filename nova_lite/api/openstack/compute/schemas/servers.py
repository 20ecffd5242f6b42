# SPDX-License-Identifier: Apache-2.0
"""What is asked of and answered about servers; what the lists take is in server_queries.py."""

from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature, Series
from nova_lite.compute.requests import tags

LABEL = r'[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?'
HOSTNAME = {'type': 'string', 'minLength': 2, 'maxLength': 63,
            'pattern': rf'\A{LABEL}\Z'}
FQDN = {'type': 'string', 'minLength': 2, 'maxLength': 255,
        'pattern': rf'\A{LABEL}(?:\.{LABEL})*\Z'}
DISK_CONFIG = {'enum': ['AUTO', 'MANUAL']}
TAG = {'type': 'string', 'minLength': 1, 'maxLength': 60, 'pattern': r'\A[^,/]*\Z'}
TAGS = {**parts.array_of(TAG, maxItems=tags.MOST), validation.DISTINCT_NAMES: True}
HOST = {'type': 'string', 'minLength': 1, 'maxLength': 255, 'pattern': r'\A[^\s\x00-\x1f\x7f]+\Z'}
ZONE_OR_NULL = {**parts.NAME, 'type': ['string', 'null']}
NUMBER_OF_SERVERS = {
    'type': ['integer', 'string'], 'pattern': r'\A[0-9]{1,9}\Z', 'minLength': 1,
    'minimum': 1, 'maximum': validation.HIGHEST_INTEGER}
NETWORK = parts.some_of({
    'uuid': parts.UUID,
    'port': {**parts.UUID, 'type': ['string', 'null']},
    'fixed_ip': {'type': 'string', 'anyOf': [{'format': 'ipv4'}, {'format': 'ipv6'}]}})
CERTIFICATES = {'type': ['array', 'null'], 'minItems': 1, 'maxItems': 50, 'uniqueItems': True,
                'items': {'type': 'string', 'minLength': 1, 'maxLength': 255}}
SERVER_IDS = {'anyOf': [parts.UUID, parts.array_of(parts.UUID)]}
HINTS = {
    'type': 'object', 'maxProperties': 100, 'additionalProperties': True,
    'properties': {
        'group': parts.UUID, 'different_host': SERVER_IDS, 'same_host': SERVER_IDS,
        'build_near_host_ip': {'type': 'string', 'anyOf': [{'format': 'ipv4'}, {'format': 'ipv6'}]},
        'cidr': {'type': 'string', 'pattern': r'\A/[0-9a-f.:]{1,40}\Z'},
        'query': parts.TEXT, 'target_cell': parts.NAME,
        'different_cell': {'anyOf': [parts.TEXT, parts.array_of(parts.TEXT)]}},
}

ROOT_DISK = parts.closed({
    'uuid': parts.UUID, 'source_type': {'const': 'image'}, 'destination_type': {'const': 'local'},
    'boot_index': {'enum': [0, '0']}, 'delete_on_termination': {'enum': [True, 'True', 'true']}},
    optional=('boot_index', 'delete_on_termination'))
"""What clients say of a root disk on the host, made of the image; volumes have other forms.

The form without a version is of volumes only. It is known so that the legacy API does not
drop it, and a server with it.
"""

_NEW_SERVER = {
    'name': parts.NAME,
    'imageRef': parts.TEXT,
    'flavorRef': {'type': ['string', 'integer'], 'minLength': 1, 'maxLength': 2048,
                  'minimum': 0, 'maximum': validation.HIGHEST_INTEGER},
    'adminPass': {'type': 'string', 'maxLength': 255},
    'metadata': parts.METADATA,
    'networks': parts.array_of(NETWORK),
    'OS-DCF:diskConfig': DISK_CONFIG,
    'accessIPv4': {'type': 'string', 'format': 'ipv4'},
    'accessIPv6': {'type': 'string', 'format': 'ipv6'},
    'personality': parts.array_of(parts.closed({
        'path': {'type': 'string', 'minLength': 1, 'maxLength': 255},
        'contents': {'type': 'string', 'format': 'base64'}}), maxItems=100),
    'block_device_mapping': parts.array_of({}, maxItems=0),
    'block_device_mapping_v2': parts.array_of(ROOT_DISK, maxItems=1),
    'availability_zone': parts.NAME,
    'config_drive': parts.FLAG,
    'key_name': {**parts.NAME, validation.NULL_IN_V2: True},
    'min_count': NUMBER_OF_SERVERS,
    'max_count': NUMBER_OF_SERVERS,
    'return_reservation_id': parts.FLAG,
    'security_groups': parts.array_of(parts.closed({'name': parts.NAME})),
    'user_data': {'type': 'string', 'format': 'base64', 'maxLength': 65535,
                  validation.NULL_IN_V2: True},
}
_NEW_SERVER_MUST_HAVE = ('name', 'flavorRef')


def _adding(**properties):
    """Answer a change: these properties of the server exist from now on."""
    def change(schema):
        schema['properties']['server']['properties'].update(properties)
    return change


def _networks_required(schema):
    server = schema['properties']['server']
    # The tags of NICs were lost here by mistake and came back with 2.42.
    server['properties']['networks'] = {
        'oneOf': [parts.array_of(NETWORK), {'enum': ['auto', 'none']}]}
    server['required'] = [*server['required'], 'networks']


def _tagged_networks(schema):
    networks = schema['properties']['server']['properties']['networks']
    many = networks['oneOf'][0] if 'oneOf' in networks else networks
    many['items']['properties']['tag'] = TAG


def _no_personality(schema):
    del schema['properties']['server']['properties']['personality']


CREATE = parts.series(
    parts.closed({
        'server': parts.closed(
            _NEW_SERVER, optional=set(_NEW_SERVER) - set(_NEW_SERVER_MUST_HAVE)),
        'os:scheduler_hints': HINTS,
        'OS-SCH-HNT:scheduler_hints': HINTS,
    }, optional=('os:scheduler_hints', 'OS-SCH-HNT:scheduler_hints')),
    (Feature.SERVER_DESCRIPTION, _adding(description=parts.DESCRIPTION)),
    (Feature.DEVICE_TAGS, _tagged_networks),
    (Feature.NETWORKS_REQUIRED, _networks_required),
    (Feature.DEVICE_TAGS_AGAIN, _tagged_networks),
    (Feature.TAGS_AT_CREATE, _adding(tags=TAGS)),
    (Feature.NO_PERSONALITY, _no_personality),
    (Feature.TRUSTED_CERTS, _adding(trusted_image_certificates=CERTIFICATES)),
    (Feature.REQUESTED_HOST, _adding(host=HOST, hypervisor_hostname=HOST)),
    (Feature.REQUESTED_HOSTNAME, _adding(hostname=HOSTNAME)),
    (Feature.FQDN_HOSTNAME, _adding(hostname=FQDN)),
)

UPDATE = parts.series(
    parts.closed({'server': parts.some_of({
        'name': parts.NAME,
        'OS-DCF:diskConfig': DISK_CONFIG,
        'accessIPv4': {'type': ['string', 'null'], 'format': 'ipv4'},
        'accessIPv6': {'type': ['string', 'null'], 'format': 'ipv6'},
    })}),
    (Feature.SERVER_DESCRIPTION, _adding(description=parts.DESCRIPTION)),
    (Feature.REQUESTED_HOSTNAME, _adding(hostname=HOSTNAME)),
    (Feature.FQDN_HOSTNAME, _adding(hostname=FQDN)),
    (Feature.UNPINNED_ZONE, _adding(pinned_availability_zone=ZONE_OR_NULL)),
)

# Answers.

_SHORT = parts.closed({'id': parts.UUID, 'name': parts.TEXT, 'links': parts.LINKS})
LIST_ANSWER = parts.series(parts.closed(
    {'servers': parts.array_of(_SHORT), 'servers_links': parts.NEXT_PAGE},
    optional=('servers_links',)))

CREATE_ANSWER = Series(validation.Schema({'oneOf': [
    parts.closed({'server': parts.closed({
        'id': parts.UUID, 'links': parts.LINKS, 'OS-DCF:diskConfig': DISK_CONFIG,
        'security_groups': parts.array_of(parts.closed({'name': parts.TEXT})),
        'adminPass': parts.TEXT}, optional=('adminPass',))}),
    parts.closed({'reservation_id': parts.TEXT}),
]}))

_ADDRESS = parts.closed({
    'version': {'enum': [4, 6]}, 'addr': parts.TEXT,
    'OS-EXT-IPS:type': {'enum': ['fixed', 'floating']}, 'OS-EXT-IPS-MAC:mac_addr': parts.TEXT})
PLAIN_ADDRESS = parts.closed({'version': {'enum': [4, 6]}, 'addr': parts.TEXT})


def addresses_of(address):
    """Answer the schema of addresses by the label of their network."""
    return {'type': 'object', 'additionalProperties': parts.array_of(address)}


_IMAGE = {'id': parts.TEXT, 'links': parts.BOOKMARK}
_BASIC = {
    'id': parts.UUID, 'name': parts.TEXT, 'status': parts.TEXT, 'tenant_id': parts.TEXT,
    'user_id': parts.TEXT, 'metadata': parts.METADATA,
    'hostId': {'type': 'string', 'pattern': '^([0-9a-f]{56})?$'},
    'image': {'oneOf': [{'const': ''}, parts.closed(_IMAGE)]},
    'flavor': parts.closed({'id': parts.TEXT, 'links': parts.BOOKMARK}),
    'created': parts.MOMENT, 'updated': parts.MOMENT,
    'addresses': addresses_of(PLAIN_ADDRESS),
    'accessIPv4': parts.TEXT, 'accessIPv6': parts.TEXT, 'links': parts.LINKS,
    'OS-DCF:diskConfig': DISK_CONFIG, 'progress': parts.INTEGER,
    'fault': parts.closed({'code': parts.INTEGER, 'created': parts.MOMENT, 'message': parts.TEXT,
                           'details': parts.TEXT}, optional=('details',)),
}
_EXTENDED = {
    'addresses': addresses_of(_ADDRESS),
    'OS-EXT-AZ:availability_zone': parts.TEXT, 'config_drive': {'enum': ['', 'True']},
    'key_name': parts.TEXT_OR_NULL,
    'OS-SRV-USG:launched_at': parts.FINE_MOMENT_OR_NULL,
    'OS-SRV-USG:terminated_at': parts.FINE_MOMENT_OR_NULL,
    'OS-EXT-STS:task_state': parts.TEXT_OR_NULL, 'OS-EXT-STS:vm_state': parts.TEXT,
    'OS-EXT-STS:power_state': {'enum': [0, 1, 3, 4, 6, 7]},
    'security_groups': parts.array_of(parts.closed({'name': parts.TEXT})),
    'os-extended-volumes:volumes_attached': {'type': 'array', 'maxItems': 0},
}
_FOR_ADMINS = {
    'OS-EXT-SRV-ATTR:host': parts.TEXT_OR_NULL,
    'OS-EXT-SRV-ATTR:hypervisor_hostname': parts.TEXT_OR_NULL,
    'OS-EXT-SRV-ATTR:instance_name': parts.TEXT,
}
_MORE_FOR_ADMINS = {
    'OS-EXT-SRV-ATTR:reservation_id': parts.TEXT_OR_NULL,
    'OS-EXT-SRV-ATTR:launch_index': parts.INTEGER,
    'OS-EXT-SRV-ATTR:hostname': parts.TEXT,
    'OS-EXT-SRV-ATTR:kernel_id': parts.TEXT, 'OS-EXT-SRV-ATTR:ramdisk_id': parts.TEXT,
    'OS-EXT-SRV-ATTR:root_device_name': parts.TEXT_OR_NULL,
    'OS-EXT-SRV-ATTR:user_data': parts.TEXT_OR_NULL,
}
_MAY_BE_MISSING = ('progress', 'fault', *_FOR_ADMINS, *_MORE_FOR_ADMINS, 'host_status')
_EMBEDDED_FLAVOR = parts.closed({
    'vcpus': parts.COUNT, 'ram': parts.COUNT, 'disk': parts.COUNT, 'ephemeral': parts.COUNT,
    'swap': parts.COUNT, 'original_name': parts.TEXT,
    'extra_specs': {'type': 'object', 'additionalProperties': parts.TEXT}},
    optional=('extra_specs',))
_HOST_STATUS = {'enum': ['UP', 'DOWN', 'MAINTENANCE', 'UNKNOWN', '']}


def _showing(**properties):
    """Answer a change: servers are shown with these from now on."""
    def change(server):
        server['properties'].update(properties)
        server['required'].extend(
            name for name in properties
            if name not in _MAY_BE_MISSING and name not in server['required'])
    return change


def _showing_hostname(server):
    server['required'].append('OS-EXT-SRV-ATTR:hostname')


_BASIC_STEPS = (
    (Feature.SERVER_LOCKED, _showing(locked=parts.BOOLEAN)),
    (Feature.SERVER_DESCRIPTION, _showing(description=parts.TEXT_OR_NULL)),
    (Feature.SERVER_TAGS, _showing(tags=parts.array_of(TAG))),
    (Feature.EMBEDDED_FLAVOR, _showing(flavor=_EMBEDDED_FLAVOR)),
    (Feature.TRUSTED_CERTS, _showing(trusted_image_certificates=CERTIFICATES)),
    (Feature.LOCKED_REASON, _showing(locked_reason=parts.TEXT_OR_NULL)),
)
_GROUPS_STEP = (Feature.SERVER_GROUPS, _showing(server_groups=parts.array_of(parts.UUID)))
_LATER_STEPS = (
    (Feature.REQUESTED_HOSTNAME, _showing_hostname),
    (Feature.PINNED_ZONE, _showing(pinned_availability_zone=parts.TEXT_OR_NULL)),
    (Feature.IMAGE_PROPERTIES, _showing(image={'oneOf': [
        {'const': ''},
        parts.closed({**_IMAGE, 'properties': {'type': 'object'}})]})),
    (Feature.SCHEDULER_HINTS, _showing(scheduler_hints={'type': 'object'})),
)
_FULL_STEPS = (
    (Feature.EXTENDED_SERVER_ATTRIBUTES, _showing(**_MORE_FOR_ADMINS)),
    (Feature.SERVER_HOST_STATUS, _showing(host_status=_HOST_STATUS)),
    *_BASIC_STEPS, *_LATER_STEPS,
)
_FULL = parts.closed({**_BASIC, **_EXTENDED, **_FOR_ADMINS}, optional=_MAY_BE_MISSING)


def _inside(change, *path):
    """Answer a change of the part of a schema that lies at a path."""
    def deeper(schema):
        for name in path:
            schema = schema[name]
        change(schema)
    return deeper


def _sorted_steps(steps, *path):
    return [(feature, _inside(change, *path))
            for feature, change in sorted(steps, key=lambda step: step[0])]


SHOW_ANSWER = parts.series(
    parts.closed({'server': _FULL}),
    *_sorted_steps((*_FULL_STEPS, _GROUPS_STEP), 'properties', 'server'))

DETAIL_ANSWER = parts.series(
    parts.closed({'servers': parts.array_of(_FULL), 'servers_links': parts.NEXT_PAGE},
                 optional=('servers_links',)),
    *_sorted_steps(_FULL_STEPS, 'properties', 'servers', 'items'))


def _as_shown(server):
    """Change the answer to an update: it is what show answers from here on."""
    server['properties'].update({**_EXTENDED, **_FOR_ADMINS, **_MORE_FOR_ADMINS,
                                 'host_status': _HOST_STATUS})
    server['required'].extend(name for name in _EXTENDED if name not in server['required'])


UPDATE_ANSWER = parts.series(
    parts.closed({'server': parts.closed(_BASIC, optional=_MAY_BE_MISSING)}),
    *_sorted_steps((*_BASIC_STEPS, _GROUPS_STEP, (Feature.STRICT_QUERIES, _as_shown),
                    *_LATER_STEPS), 'properties', 'server'))
