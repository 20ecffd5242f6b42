# SPDX-License-Identifier: Apache-2.0
"""Whether what was asked for fits together and can be had. Pure."""

from oslo_utils import units

from nova_lite import exception
from nova_lite.objects import image_meta as images

SECURITY_GROUP = 'default'
"""The group that every server is in."""


def check_image(flavor, image_meta):
    """Refuse an image that can't be used or does not fit the flavor.

    :raises ImageNotActive: it has no data, or was withdrawn
    :raises FlavorMemoryTooSmall: it wants more memory
    :raises FlavorDiskTooSmall: it wants a larger root disk
    """
    if image_meta.status != images.ACTIVE:
        raise exception.ImageNotActive(image_id=image_meta.id)
    if flavor.memory_mb < image_meta.min_ram:
        raise exception.FlavorMemoryTooSmall(
            flavor_mb=flavor.memory_mb, image_mb=image_meta.min_ram)
    # A root disk of 0 GB is as large as the image.
    if flavor.root_gb:
        wanted = max((image_meta.virtual_size or image_meta.size) / units.Gi, image_meta.min_disk)
        if flavor.root_gb < wanted:
            raise exception.FlavorDiskTooSmall(flavor_gb=flavor.root_gb, image_gb=wanted)


def check_security_groups(names, project_id):
    """Refuse groups that would not protect the server as its user believes.

    :raises SecurityGroupUnknown: if there is no such group
    """
    for name in names:
        if name != SECURITY_GROUP:
            raise exception.SecurityGroupUnknown(name=name, project_id=project_id)
