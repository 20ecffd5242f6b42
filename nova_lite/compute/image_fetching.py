# SPDX-License-Identifier: Apache-2.0
"""Images that a host fetches before a server needs them.

Asked by nova_lite/conductor/image_caching.py. What is unsafe or does not come is refused
as in a build; the others are fetched nevertheless.
"""

from oslo_log import log

from nova_lite import exception
from nova_lite.states import image_cache as states

LOG = log.getLogger(__name__)


def fetch(context, host, image_ids):
    """Bring images to a host; answer image's id -> what became of it.

    :param host: compute.host.Host
    """
    # Who asked was allowed to see them, and his token is not here.
    context = context.elevated()
    return {image_id: _fetch(context, host, image_id) for image_id in image_ids}


def _fetch(context, host, image_id):
    try:
        is_new = host.driver.cache_image(context, host.images.get(context, image_id))
    except (exception.NovaLiteException, OSError) as error:
        LOG.error('Image %s could not be fetched ahead of time: %s', image_id, error)
        return states.ERROR
    return states.CACHED if is_new else states.EXISTING
