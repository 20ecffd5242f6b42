# SPDX-License-Identifier: Apache-2.0
"""Have the hosts of an aggregate fetch images before servers need them.

The work goes on in nova_lite/conductor/image_caching.py.
"""

from nova_lite import exception
from nova_lite.conductor import rpcapi
from nova_lite.image import api as image_api
from nova_lite.objects import base as objects_base


def cache(context, aggregate_id, image_ids):
    """Check what is asked for, and hand it to a conductor.

    :raises AggregateNotFound: if there is none of that number
    :raises ImageUnacceptable: if the caller can't see one of the images
    :raises VersionCapped: if a conductor or a host is too old to know it
    """
    aggregates = objects_base.store('aggregates')
    row = aggregates.get(context, aggregate_id)
    images = image_api.API()
    for image_id in image_ids:
        try:
            images.get(context, image_id)
        except exception.ImageNotFound as error:
            raise exception.ImageUnacceptable(
                image_id=image_id, reason='it could not be found.') from error
    rpcapi.ConductorAPI().cache_images(context, row['id'], image_ids)
    aggregates.tell_caching_start(context, row)
