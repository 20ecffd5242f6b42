# SPDX-License-Identifier: Apache-2.0
"""Filters: one condition a file, Nova's names.

db/stores/candidates.py has cut away what SQL can tell; the filters decide, and
say why when no host is left.
"""

from oslo_config import cfg

from nova_lite import exception
from nova_lite.scheduler import extensions
from nova_lite.scheduler.filters import (
    availability_zone,
    base,
    compute,
    destination,
    different_host,
    image_properties,
    room,
    same_host,
)

CONF = cfg.CONF
DEMANDED_BY_CLAIMS = (destination.DestinationFilter, compute.ComputeFilter, room.CoreFilter,
                      room.RamFilter, room.DiskFilter)


def all_filters():
    """The filters of the product."""
    return [*DEMANDED_BY_CLAIMS, availability_zone.AvailabilityZoneFilter,
            image_properties.ImagePropertiesFilter, same_host.SameHostFilter,
            different_host.DifferentHostFilter]


def demanded():
    """Make the filters that hold for every request, forced ones too."""
    return [cls() for cls in DEMANDED_BY_CLAIMS]


def enabled():
    """Make the filters that the configuration enables, after those that always hold.

    :raises SchedulerExtensionNotFound: if one can't be found
    """
    found = {cls.name(): cls for path in CONF.filter_scheduler.available_filters
             for cls in extensions.classes_at(path, base.Filter, 'filter')}
    names = [name for name in CONF.filter_scheduler.enabled_filters
             if found.get(name) not in DEMANDED_BY_CLAIMS]
    for name in names:
        if name not in found:
            raise exception.SchedulerExtensionNotFound(kind='filter', name=name)
    return demanded() + [found[name]() for name in names]
