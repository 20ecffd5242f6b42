# SPDX-License-Identifier: Apache-2.0
"""Images: list, show, delete, before 2.36.

What the caller may see and delete is decided by the store, see nova_lite/image/api.py.
Images are made by Glance's own API or, in the built-in store, by ``nova-lite-manage image``.
"""

from oslo_utils import timeutils

from nova_lite.api.openstack.compute import paging
from nova_lite.api.openstack.compute.views import images as views
from nova_lite.image import api as image_api

FILTERS = {'name': 'name', 'status': 'status', 'server': 'property:instance_uuid',
           'type': 'property:image_type', 'minRam': 'min_ram', 'minDisk': 'min_disk',
           'changes-since': 'changes_since'}
"""Parameter -> filter of nova_lite/image/listing.py."""
PROPERTY = 'property-'
READERS = {
    'status': views.states_of, 'minRam': int, 'minDisk': int,
    # A server may be named by its address.
    'server': lambda text: text.rpartition('/')[2],
    'changes-since': lambda text: timeutils.normalize_time(timeutils.parse_isotime(text)),
}


class Images:
    """``/images`` and ``/images/{image_id}``."""

    def index(self, request):
        """List images."""
        view, images = views.ImageView(request), self._page(request)
        return self._list(request, view, images, [view.short(image) for image in images])

    def detail(self, request):
        """List images with details."""
        view, images = views.ImageView(request), self._page(request)
        return self._list(
            request, view, images, [view.whole(image) for image in images], 'detail')

    def show(self, request, image_id):
        """Show an image."""
        image = image_api.API().get(request.context, image_id)
        return {'image': views.ImageView(request).whole(image)}

    def delete(self, request, image_id):
        """Delete an image."""
        image_api.API().delete(request.context, image_id)

    @staticmethod
    def _page(request):
        return image_api.API().list(
            request.context, filters_of(request),
            marker=paging.marker_of(request), limit=paging.limit_of(request))

    @staticmethod
    def _list(request, view, images, shown, *parts):
        answer = {'images': shown}
        if paging.is_full(request, images):
            answer['images_links'] = view.next_page(images, *parts)
        return answer


def filters_of(request):
    """Answer the filters of a list as the image store knows them."""
    filters = {}
    for name, values in request.query.items():
        if name.startswith(PROPERTY):
            filters[f'property:{name[len(PROPERTY):]}'] = values[-1]
        elif name in FILTERS:
            filters[FILTERS[name]] = READERS.get(name, str)(values[-1])
    return filters
