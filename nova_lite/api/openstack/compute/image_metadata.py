# SPDX-License-Identifier: Apache-2.0
"""Metadata of images, which are their properties: all of it before 2.39."""

from nova_lite import exception
from nova_lite.image import api as image_api
from nova_lite.quota import api as quota


class ImageMetadata:
    """``/images/{image_id}/metadata``."""

    def index(self, request, image_id):
        """List the metadata of an image."""
        return {'metadata': _properties_of(request, image_id)}

    def show(self, request, image_id, key):
        """Show an item of the metadata of an image."""
        properties = _properties_of(request, image_id)
        if key not in properties:
            raise exception.ImageMetadataNotFound(image_id=image_id, key=key)
        return {'meta': {key: properties[key]}}

    def create(self, request, image_id):
        """Add metadata to an image."""
        _check_quota(request, _properties_of(request, image_id), request.body['metadata'])
        image = image_api.API().set_properties(
            request.context, image_id, request.body['metadata'])
        return {'metadata': dict(image.properties)}

    def update_all(self, request, image_id):
        """Replace the metadata of an image."""
        _check_quota(request, request.body['metadata'])
        image = image_api.API().update(
            request.context, image_id, {'properties': request.body['metadata']})
        return {'metadata': dict(image.properties)}

    def update(self, request, image_id, key):
        """Set an item of the metadata of an image."""
        item = request.body['meta']
        if key not in item:
            raise exception.BodyNamesAnother(thing='item')
        _check_quota(request, _properties_of(request, image_id), item)
        image_api.API().set_properties(request.context, image_id, item)
        return {'meta': item}

    def delete(self, request, image_id, key):
        """Remove an item of the metadata of an image."""
        image_api.API().remove_property(request.context, image_id, key)


def _properties_of(request, image_id):
    return dict(image_api.API().get(request.context, image_id).properties)


def _check_quota(request, *properties):
    """Make sure that an image may have all of these properties.

    :raises ImageMetadataLimitExceeded: if they are too many
    """
    quota.check_image_metadata(quota.limits_of(request.context), len(set().union(*properties)))
