# SPDX-License-Identifier: Apache-2.0
"""Errors about flavors."""

from nova_lite.exception import base


class FlavorNotFound(base.NotFound):
    """No flavor has that id, or the caller may not see it."""

    msg_fmt = 'Flavor %(flavor_id)s could not be found.'


class FlavorExists(base.Conflict):
    """A flavor of that name exists."""

    msg_fmt = 'Flavor with name %(name)s already exists.'


class FlavorIdExists(base.Conflict):
    """A flavor with that id exists."""

    msg_fmt = 'Flavor with ID %(flavor_id)s already exists.'


class FlavorExtraSpecsNotFound(base.NotFound):
    """The flavor has no extra spec of that name."""

    msg_fmt = 'Flavor %(flavor_id)s has no extra specs with key %(key)s.'


class InvalidExtraSpec(base.Invalid):
    """An extra spec in a namespace of ours is unknown, or takes no such value."""

    msg_fmt = "Validation failed; extra spec '%(name)s' with value '%(value)s': %(reason)s."


class FlavorAccessExists(base.Conflict):
    """The project may use the flavor already."""

    msg_fmt = 'Flavor access already exists for flavor %(flavor_id)s and project %(project_id)s.'


class FlavorAccessNotFound(base.NotFound):
    """The project has no access of its own to the flavor."""

    msg_fmt = 'Flavor access not found for flavor %(flavor_id)s and project %(project_id)s.'


class FlavorIsPublic(base.Conflict):
    """Access is a matter of private flavors.

    novaclient's tests compare the whole message, so it does not name the flavor.
    """

    msg_fmt = 'Can not add access to a public flavor.'


class PublicFlavorHasNoAccessList(base.NotFound):
    """The list of projects is asked for a flavor that has none."""

    msg_fmt = 'Access list not available for public flavors: %(flavor_id)s is one.'


class VolumeRequiredForFlavor(base.Forbidden):
    """The flavor's root disk is as large as any image, which only some may use."""

    msg_fmt = 'Only volume-backed servers are allowed for flavors with zero disk.'


class FlavorMemoryTooSmall(base.Invalid):
    """The image wants more memory than the flavor has."""

    msg_fmt = (
        "Flavor's memory is too small for requested image. It has %(flavor_mb)d MB, "
        'the image needs %(image_mb)d MB.'
    )


class FlavorDiskTooSmall(base.Invalid):
    """The image wants a larger root disk than the flavor has."""

    msg_fmt = (
        "Flavor's disk is too small for requested image. It has %(flavor_gb)d GB, "
        'the image needs %(image_gb).1f GB.'
    )
