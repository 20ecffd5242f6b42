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


class FlavorMemoryTooSmall(base.Invalid):
    """The image wants more memory than the flavor has."""

    msg_fmt = (
        "Flavor's memory is too small for requested image: it has %(flavor_mb)d MB, "
        'the image needs %(image_mb)d MB.'
    )


class FlavorDiskTooSmall(base.Invalid):
    """The image wants a larger root disk than the flavor has."""

    msg_fmt = (
        "Flavor's disk is too small for requested image: it has %(flavor_gb)d GB, "
        'the image needs %(image_gb).1f GB.'
    )
