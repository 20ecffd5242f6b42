# SPDX-License-Identifier: Apache-2.0
"""Weighers: one figure a file, Nova's names."""

from oslo_config import cfg

from nova_lite.scheduler import extensions
from nova_lite.scheduler.weights import (
    base,
    build_failure,
    cpu,
    disk,
    hypervisor_version,
    image_properties,
    io_ops,
    num_instances,
    ram,
    server_group,
)

CONF = cfg.CONF


def all_weighers():
    """The weighers of the product."""
    return [ram.RAMWeigher, cpu.CPUWeigher, disk.DiskWeigher, io_ops.IoOpsWeigher,
            build_failure.BuildFailureWeigher, hypervisor_version.HypervisorVersionWeigher,
            num_instances.NumInstancesWeigher, image_properties.ImagePropertiesWeigher,
            server_group.ServerGroupSoftAffinityWeigher,
            server_group.ServerGroupSoftAntiAffinityWeigher]


def configured():
    """Make the weighers that the configuration names.

    :raises SchedulerExtensionNotFound: if one can't be found
    """
    return [cls() for path in CONF.filter_scheduler.weight_classes
            for cls in extensions.classes_at(path, base.Weigher, 'weigher')]
