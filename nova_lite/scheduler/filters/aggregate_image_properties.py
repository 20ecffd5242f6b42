# SPDX-License-Identifier: Apache-2.0
"""Aggregates that take only some images, by the images' properties."""

from oslo_config import cfg

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.filters import base

CONF = cfg.CONF
OTHER_IMAGES = base.Cause('aggregate_image_properties', 'is kept for other images',
                          'are kept for other images')


class AggregateImagePropertiesIsolation(base.Filter):
    """What an image says of a property that is also a key of the aggregates agrees with them.

    A property that only one of both names decides nothing.
    """

    needs = frozenset({Fact.AGGREGATES})

    def concerns(self, request):
        return any(map(_counts, request.image_properties))

    def why_not(self, request, host):
        """Compare the image's value with those of the host's aggregates."""
        allowed = host.aggregates.values
        for name, value in request.image_properties.items():
            if _counts(name) and name in allowed and str(value) not in allowed[name]:
                return base.Rejection(OTHER_IMAGES)
        return None


def _counts(name):
    """Whether a property is in the configured name space."""
    options = CONF.filter_scheduler
    namespace = options.aggregate_image_properties_isolation_namespace
    return not namespace or name.startswith(
        f'{namespace}{options.aggregate_image_properties_isolation_separator}')
