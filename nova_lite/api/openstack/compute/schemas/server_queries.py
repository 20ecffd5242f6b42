# SPDX-License-Identifier: Apache-2.0
"""What the lists of servers take in their URLs."""

from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature

SORT_KEYS = (
    'access_ip_v4', 'access_ip_v6', 'auto_disk_config', 'availability_zone', 'config_drive',
    'created_at', 'display_description', 'display_name', 'host', 'hostname', 'image_ref',
    'instance_type_id', 'kernel_id', 'key_name', 'launch_index', 'launched_at', 'locked_by',
    'node', 'power_state', 'progress', 'project_id', 'ramdisk_id', 'root_device_name',
    'task_state', 'terminated_at', 'updated_at', 'user_id', 'uuid', 'vm_state',
)
NAMES = (
    'user_id', 'project_id', 'tenant_id', 'image_ref', 'image', 'kernel_id', 'ramdisk_id',
    'hostname', 'key_name', 'vm_state', 'task_state', 'host', 'node', 'flavor',
    'reservation_id', 'availability_zone', 'locked_by', 'uuid', 'root_device_name',
    'access_ip_v4', 'access_ip_v6', 'status',
)
PATTERNS = ('name', 'display_name', 'description', 'display_description', 'ip', 'ip6')
NUMBERS = ('launch_index', 'power_state', 'progress')
LENIENT_FLAGS = ('deleted', 'soft_deleted')
"""Whatever is none of the words for yes is a no."""

MOMENTS = ('changes-since', 'created_at', 'launched_at', 'terminated_at')
TAGS = ('tags', 'tags-any', 'not-tags', 'not-tags-any')

FLAG = r'(?:1|0|[tT]|[fF]|[yY]|[nN]|[oO][nN]|[oO][fF][fF]|[yY][eE][sS]|[nN][oO]' \
       r'|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE])'
IS_FLAG = 'It must be a boolean, or a word that is taken for one.'
STRICT_FLAG = parts.parameter(pattern=rf'\A{FLAG}\Z', description=IS_FLAG)
FLAG_OR_EMPTY = parts.parameter(pattern=rf'\A{FLAG}?\Z', description=IS_FLAG)
DISK_CONFIG = parts.parameter(
    pattern=rf'\A(?:AUTO|MANUAL|{FLAG})\Z', description=f'AUTO or MANUAL. {IS_FLAG}')


def _each(names, schema):
    return dict.fromkeys(names, schema)


def _with(**more):
    """Answer a change: these parameters are known from now on."""
    def change(schema):
        schema['properties'].update({name.replace('_', '-'): part for name, part in more.items()})
    return change


def _locked(schema):
    schema['properties']['locked'] = STRICT_FLAG
    schema['properties']['sort_key']['items']['enum'].append('locked')


QUERY = parts.series(
    parts.query_of({
        **parts.PAGING,
        'sort_key': parts.parameter(enum=list(SORT_KEYS)),
        'sort_dir': parts.parameter(enum=['asc', 'desc']),
        **_each(NAMES, parts.parameter(maxLength=1024)),
        **_each(PATTERNS, parts.PATTERN_PARAMETER),
        **_each(NUMBERS, parts.NUMBER_PARAMETER),
        'all_tenants': FLAG_OR_EMPTY, 'config_drive': FLAG_OR_EMPTY,
        'auto_disk_config': DISK_CONFIG,
        **_each(LENIENT_FLAGS, parts.parameter(maxLength=255)),
        **_each(MOMENTS, parts.MOMENT_PARAMETER),
    }),
    (Feature.SERVER_TAGS, _with(**_each(TAGS, parts.parameter(maxLength=4096)))),
    (Feature.CHANGES_BEFORE, _with(changes_before=parts.MOMENT_PARAMETER)),
    (Feature.LOCKED_REASON, _locked),
    (Feature.STRICT_QUERIES, parts.without_unknown),
)
