# SPDX-License-Identifier: Apache-2.0
"""Weight by how much a host's servers resemble the new one, by the properties of their images."""

from oslo_config import cfg

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.weights import base

CONF = cfg.CONF


class ImagePropertiesWeigher(base.Weigher):
    """Prefers hosts whose servers' images have the same properties; negative mixes them."""

    option = 'image_props_weight_multiplier'
    needs = frozenset({Fact.IMAGES})

    def concerns(self, request):
        return bool(request.image_properties)

    def figure(self, request, host):
        """The sum, over servers and equal properties, of what the property counts."""
        counts = _counts(tuple(CONF.filter_scheduler.image_props_weight_setting))
        return sum(number * _likeness(request.image_properties, properties, counts)
                   for properties, number in host.images)


def _likeness(wanted, properties, counts):
    return sum(1.0 if counts is None else counts.get(name, 0.0)
               for name, value in wanted.items() if properties.get(name) == value)


def _counts(setting):
    """Answer what each property counts; None lets all count the same."""
    pairs = (one.partition('=') for one in setting)
    return {name.strip(): float(number) for name, _equals, number in pairs} or None
