# SPDX-License-Identifier: Apache-2.0
"""What somebody says of an image before it is there, and the limits of saying it."""

import dataclasses

from nova_lite import exception
from nova_lite.objects import image_meta

MAX_NAME = 255
MAX_PROPERTIES = 128
MAX_PROPERTY_NAME = 255
MAX_PROPERTY_VALUE = 4096
MAX_SIZE_REQUIREMENT = 2 ** 31 - 1


@dataclasses.dataclass
class NewImage:
    """The description of an image that is to be made.

    :ivar disk_format: None takes what the bytes are
    :ivar id: None makes one; a snapshot has its id before its bytes
    :ivar owner: project; None is the caller's own
    :ivar members: projects that a shared image is shared with
    """

    name: str
    disk_format: str | None = None
    container_format: str | None = None
    min_disk: int = 0
    min_ram: int = 0
    visibility: str = image_meta.PRIVATE
    protected: bool = False
    owner: str | None = None
    members: list = dataclasses.field(default_factory=list)
    properties: dict = dataclasses.field(default_factory=dict)
    id: str | None = None


def check_row(row):
    """Check the parts of a record that people choose.

    :raises ImageUnacceptable: naming what is wrong
    :raises InvalidImageProperty: if a property breaks a limit
    """
    if len(row['name']) > MAX_NAME or not row['name'].isprintable():
        _refuse(row, f'a name has at most {MAX_NAME} printable characters.')
    if row['visibility'] not in image_meta.VISIBILITIES:
        _refuse(row, f'visibility is one of {", ".join(image_meta.VISIBILITIES)}.')
    if row['status'] not in (image_meta.ACTIVE, image_meta.DEACTIVATED):
        _refuse(row, f'status is {image_meta.ACTIVE} or {image_meta.DEACTIVATED}.')
    for name in ('min_disk', 'min_ram'):
        if not 0 <= row[name] <= MAX_SIZE_REQUIREMENT:
            _refuse(row, f'{name} is a number from 0 to {MAX_SIZE_REQUIREMENT}.')
    check_properties(row['properties'])


def check_properties(properties):
    """Check names and values of properties; what they mean is checked where they are used.

    :raises InvalidImageProperty: if one breaks a limit
    """
    if len(properties) > MAX_PROPERTIES:
        raise exception.InvalidImageProperty(
            name=f'number {MAX_PROPERTIES + 1}',
            reason=f'an image has at most {MAX_PROPERTIES} properties.')
    for name, value in properties.items():
        if not 0 < len(name) <= MAX_PROPERTY_NAME or not name.isprintable():
            raise exception.InvalidImageProperty(
                name=repr(name[:40]),
                reason=f'a name has 1 to {MAX_PROPERTY_NAME} printable characters.')
        if not isinstance(value, str) or len(value) > MAX_PROPERTY_VALUE:
            raise exception.InvalidImageProperty(
                name=name, reason=f'a value is a text of at most {MAX_PROPERTY_VALUE} characters.')


def _refuse(row, reason):
    raise exception.ImageUnacceptable(image_id=row['name'][:MAX_NAME], reason=reason)
