# SPDX-License-Identifier: Apache-2.0
"""Errors about images."""

from nova_lite.exception import base


class ImageNotFound(base.NotFound):
    """No such image, or it is not visible to the caller."""

    msg_fmt = 'Image %(image_id)s could not be found.'


class RequestedImageNotFound(ImageNotFound):
    """A new server is to have an image that does not exist; the request is at fault."""

    msg_fmt = 'Can not find requested image %(image_id)s'
    code = 400


class ImageNameAmbiguous(base.Conflict):
    """Several images have the name by which one was asked for."""

    msg_fmt = 'Several images are called %(name)s; name one by its id: %(ids)s'


class ImageNotAuthorized(base.Forbidden):
    """The caller sees the image but does not own it."""

    msg_fmt = 'Not authorized for image %(image_id)s.'


class ImageProtected(base.Forbidden):
    """The image is protected from deletion."""

    msg_fmt = ('Image %(image_id)s is protected and can not be deleted; '
               'take its protection away first.')


class ImageNotActive(base.Invalid):
    """The image is deactivated: it is listed, but nothing may boot from it."""

    msg_fmt = 'Image %(image_id)s is not active.'


class ImageUnacceptable(base.Invalid):
    """The bytes or the description of an image can not be taken."""

    msg_fmt = 'Image %(image_id)s is unacceptable: %(reason)s'


class InvalidDiskFormat(base.Invalid):
    """The disk format is not one that a server can use."""

    msg_fmt = 'Disk format %(disk_format)s is not acceptable; it must be one of %(known)s.'


class InvalidImageProperty(base.Invalid):
    """The name or the value of an image's property breaks a limit."""

    msg_fmt = 'Image property %(name)s is not acceptable: %(reason)s'


class InvalidImageFilter(base.Invalid):
    """A list of images was asked for by something that images do not have."""

    msg_fmt = 'Images can not be listed by %(name)s.'


class ImageMetadataNotFound(base.NotFound):
    """The image has no property of that name."""

    msg_fmt = 'Metadata item %(key)s of image %(image_id)s was not found.'


class ImageExists(base.Conflict):
    """An image with that id is there already."""

    msg_fmt = 'Image %(image_id)s exists already.'


class ImageCorrupt(base.NovaLiteException):
    """What lies in the store is not what was uploaded."""

    msg_fmt = ('Image %(image_id)s is corrupt: %(reason)s. '
               'Delete it and create it again from its source.')
    safe = True


class ImageStoreUnusable(base.ServiceUnavailable):
    """The directory of the images can not be used."""

    msg_fmt = 'The image directory %(path)s can not be used: %(reason)s'
    safe = False


class ImageConflict(base.Conflict):
    """The image can not be changed as it is now."""

    msg_fmt = 'Image %(image_id)s can not be changed as it is now: %(reason)s'


class ImageQuotaExceeded(base.Forbidden):
    """The image service keeps no more for this project."""

    msg_fmt = 'The image service takes no more: %(reason)s'


class ImageServiceUnavailable(base.ServiceUnavailable):
    """The image service can not be asked at the moment."""

    msg_fmt = 'The image service can not be used at the moment (%(reason)s). Try again later.'


class ImageServiceRefuses(base.ServiceUnavailable):
    """The image service lets the user do it, and not this service on the user's behalf."""

    msg_fmt = ('The image service refuses image %(image_id)s to the compute service '
               '(%(status)s). The user that [glance] names needs the role "admin", or one that '
               'Glance treats alike.')


class ImageStoreMischosen(base.NovaLiteException):
    """The images are to come from where they can not come from."""

    msg_fmt = ('[image] store = glance needs [api] auth_strategy = keystone: Glance believes '
               'tokens of Keystone only. Without Keystone say store = files.')


class ImageMembersAreGlances(base.Invalid):
    """Members accept the images that are shared with them, so only Glance knows them."""

    msg_fmt = 'Images of Glance are shared by: openstack image add project %(image_id)s PROJECT'
