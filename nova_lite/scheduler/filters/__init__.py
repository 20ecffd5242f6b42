# SPDX-License-Identifier: Apache-2.0
"""Filters: one condition a file, Nova's names.

db/stores/candidates.py has cut away what SQL can tell; the filters decide, and
say why when no host is left.
"""

from oslo_config import cfg

from nova_lite import exception
from nova_lite.scheduler import extensions
from nova_lite.scheduler.filters import (
    aggregate_extra_specs,
    aggregate_image_properties,
    aggregate_multitenancy,
    aggregate_type_affinity,
    all_hosts,
    availability_zone,
    base,
    compute,
    compute_capabilities,
    destination,
    different_host,
    image_properties,
    io_ops,
    isolated_hosts,
    json_query,
    num_instances,
    retry,
    room,
    same_host,
    server_group,
    simple_cidr_affinity,
    traits,
)

CONF = cfg.CONF
DEMANDED_BY_CLAIMS = (destination.DestinationFilter, retry.RetryFilter, compute.ComputeFilter,
                      room.CoreFilter, room.RamFilter, room.DiskFilter,
                      room.ResourceClassFilter, traits.TraitsFilter, traits.GroupPolicyFilter)
TO_BE_ENABLED = (
    aggregate_extra_specs.AggregateInstanceExtraSpecsFilter,
    aggregate_image_properties.AggregateImagePropertiesIsolation,
    aggregate_multitenancy.AggregateMultiTenancyIsolation,
    aggregate_type_affinity.AggregateTypeAffinityFilter,
    all_hosts.AllHostsFilter,
    availability_zone.AvailabilityZoneFilter,
    compute_capabilities.ComputeCapabilitiesFilter,
    different_host.DifferentHostFilter,
    image_properties.ImagePropertiesFilter,
    io_ops.AggregateIoOpsFilter,
    io_ops.IoOpsFilter,
    isolated_hosts.IsolatedHostsFilter,
    json_query.JsonFilter,
    num_instances.AggregateNumInstancesFilter,
    num_instances.NumInstancesFilter,
    same_host.SameHostFilter,
    server_group.ServerGroupAffinityFilter,
    server_group.ServerGroupAntiAffinityFilter,
    simple_cidr_affinity.SimpleCIDRAffinityFilter,
)


def all_filters():
    """The filters of the product."""
    return [*DEMANDED_BY_CLAIMS, *TO_BE_ENABLED]


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
