# SPDX-License-Identifier: Apache-2.0
"""Images in Glance's words and in ours. Pure.

Glance keeps properties beside what every image has; here they are apart, as in the
records of the built-in store (nova_lite/image/file_store.py).
"""

import re

from nova_lite import exception
from nova_lite.image import listing, new_image
from nova_lite.objects import image_meta

SAME = ('id', 'name', 'status', 'visibility', 'owner', 'protected', 'disk_format',
        'container_format', 'size', 'virtual_size', 'checksum', 'os_hash_algo', 'os_hash_value',
        'min_disk', 'min_ram', 'created_at', 'updated_at')
NO_PROPERTIES = frozenset({*SAME, 'os_hidden', 'tags', 'self', 'file', 'schema', 'locations',
                           'direct_url', 'stores'})
_GIVEN = ('id', 'name', 'visibility', 'owner', 'protected', 'disk_format', 'container_format',
          'min_disk', 'min_ram')
CHANGEABLE = frozenset({'name', 'min_disk', 'min_ram', 'visibility', 'protected', 'owner'})

_FILTERS = ('id', 'name', 'status', 'visibility', 'owner', 'disk_format', 'size_min', 'size_max')
_SORTED = frozenset({'name', 'status', 'size', 'disk_format', 'created_at', 'updated_at', 'id'})
# Glance reads more into others: operators, lists, its own parameters.
_PLAIN_NAME = re.compile(r'[a-z0-9_]+', re.ASCII)
_PLAIN_VALUE = re.compile(r'[A-Za-z0-9._/ -]+', re.ASCII)
_PARAMETERS = NO_PROPERTIES | {'limit', 'marker', 'sort', 'sort_key', 'sort_dir', 'tag',
                               'member_status', 'size_min', 'size_max', 'deleted', 'is_public'}


def row_of(found):
    """Answer the record of an image that Glance tells of."""
    row = {name: found.get(name) for name in SAME}
    for name, nothing in (('name', ''), ('size', 0), ('min_disk', 0), ('min_ram', 0)):
        row[name] = row[name] or nothing
    for name in ('created_at', 'updated_at'):
        row[name] = row[name] and row[name].removesuffix('Z')
    row['members'] = []
    row['properties'] = {
        name: str(value) for name, value in found.items()
        if name not in NO_PROPERTIES and value is not None}
    return row


def described(row):
    """Answer what makes an image of a new record.

    :raises InvalidImageProperty: if a property has the name of something else
    """
    _check_names(row['properties'])
    said = {name: row[name] for name in _GIVEN if row[name] is not None}
    return {**row['properties'], **said}


def patch(before, after):
    """Answer the operations that make one record of another.

    Only what differs is named, so that changes of others by the way stay.
    """
    _check_names(after['properties'])
    changed = [{'op': 'replace', 'path': f'/{name}', 'value': after[name]}
               for name in sorted(CHANGEABLE) if after[name] != before[name]]
    old, new = before['properties'], after['properties']
    changed += [{'op': 'remove', 'path': _path(name)} for name in sorted(old.keys() - new.keys())]
    changed += [{'op': 'replace' if name in old else 'add', 'path': _path(name), 'value': value}
                for name, value in sorted(new.items()) if old.get(name) != value]
    return changed


def query(filters, sort, marker):
    """Answer the parameters by which Glance sends no more than it has to.

    They leave nothing out that fits; what fits exactly is found by listing.matching().
    """
    single = {name: value[0] if isinstance(value, tuple) and len(value) == 1 else value
              for name, value in filters.items()}
    asked = {name: single[name] for name in _FILTERS if _is_plain(single.get(name))}
    if asked.get('status', image_meta.ACTIVE) not in image_meta.STATES:
        # Glance takes words that it knows; nothing has any other.
        del asked['status']
    if isinstance(filters.get('protected'), bool):
        asked['protected'] = str(filters['protected']).lower()
    if 'changes_since' in filters:
        asked['updated_at'] = f'gte:{filters["changes_since"].isoformat(timespec="seconds")}Z'
    for key, value in filters.items():
        name = key.removeprefix(listing.PROPERTY) if key.startswith(listing.PROPERTY) else ''
        if _PLAIN_NAME.fullmatch(name) and name not in _PARAMETERS and _is_plain(value):
            asked[name] = value
    if sort[0] in _SORTED:
        asked['sort'] = f'{sort[0]}:{sort[1]}'
    if marker is not None:
        asked['marker'] = marker
    return asked


def sorts(key):
    """Whether Glance can sort by a key."""
    return key in _SORTED


def _is_plain(value):
    return isinstance(value, int) or (
        isinstance(value, str) and _PLAIN_VALUE.fullmatch(value) is not None)


def _path(name):
    return '/' + name.replace('~', '~0').replace('/', '~1')


def _check_names(properties):
    new_image.check_properties(properties)
    for name in sorted(NO_PROPERTIES.intersection(properties)):
        raise exception.InvalidImageProperty(
            name=name, reason='every image has something else of that name.')
