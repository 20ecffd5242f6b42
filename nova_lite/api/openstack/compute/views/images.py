# SPDX-License-Identifier: Apache-2.0
"""How images are shown: in the words that the compute API had for them."""

from oslo_utils import strutils

from nova_lite.api.openstack.compute.views import links, moments
from nova_lite.image import api as image_api
from nova_lite.objects import image_meta

STATUS = {image_meta.ACTIVE: 'ACTIVE', image_meta.QUEUED: 'SAVING', image_meta.SAVING: 'SAVING',
          image_meta.KILLED: 'ERROR', image_meta.DELETED: 'DELETED',
          image_meta.PENDING_DELETE: 'DELETED'}
OTHER_STATUS = 'UNKNOWN'
PROGRESS = {image_meta.QUEUED: 25, image_meta.SAVING: 50, image_meta.ACTIVE: 100}
IMAGE_TYPE = 'application/vnd.openstack.image'


def states_of(word):
    """Answer the image's own states that a status stands for; a state stands for itself."""
    if word.upper() == OTHER_STATUS:
        return (image_meta.DEACTIVATED,)
    return tuple(state for state, status in STATUS.items() if status == word.upper()) or (
        word.lower(),)


class ImageView:
    """Shows images in the answer to one request."""

    def __init__(self, request):
        self._links = links.Links(request)
        self._images = image_api.API()

    def short(self, image):
        """Answer what lists show."""
        (bookmark,) = self._links.of_image(image.id)
        return {'id': image.id, 'name': image.name, 'links': [
            {'rel': 'self', 'href': self._links.own('images', image.id)}, bookmark,
            {'rel': 'alternate', 'type': IMAGE_TYPE,
             'href': self._images.address_of(image.id) or bookmark['href']}]}

    def whole(self, image):
        """Answer all of an image."""
        properties = dict(image.properties)
        status = STATUS.get(image.status, OTHER_STATUS)
        shown = {
            **self.short(image), 'minRam': image.min_ram, 'minDisk': image.min_disk,
            'OS-EXT-IMG-SIZE:size': image.size, 'metadata': properties,
            'created': moments.whole_seconds(image.created_at),
            'updated': moments.whole_seconds(image.updated_at or image.created_at),
            'status': status, 'progress': PROGRESS.get(image.status, 0)}
        server_id = properties.get('instance_uuid')
        if server_id:
            shown['server'] = {'id': server_id, 'links': self._links.pair('servers', server_id)}
        if 'auto_disk_config' in properties:
            automatic = strutils.bool_from_string(properties['auto_disk_config'])
            shown['OS-DCF:diskConfig'] = 'AUTO' if automatic else 'MANUAL'
        return shown

    def next_page(self, images, *parts):
        """Answer the link to the page after these images."""
        return self._links.next_page(images[-1].id, 'images', *parts)
