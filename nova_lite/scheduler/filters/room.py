# SPDX-License-Identifier: Apache-2.0
"""The host has room: memory, CPUs, disk, each by a filter that can say how much is missing."""

import os_resource_classes as orc

from nova_lite.scheduler.filters import base

UNREPORTED = base.Cause('unreported', 'has not reported its resources yet',
                        'have not reported their resources yet')


class RoomFilter(base.Filter):
    """Room of one resource class, after overcommitment and without what is reserved."""

    resource_class: str
    cause: base.Cause

    def concerns(self, request):
        return self.resource_class in request.amounts

    def why_not(self, request, host):
        """Compare what one server takes with what one server can get."""
        needed = request.amounts.get(self.resource_class)
        if needed is None:
            return None
        room = host.rooms.get(self.resource_class)
        if room is None:
            return base.Rejection(UNREPORTED)
        if needed <= room.free and needed <= room.total:
            return None
        return base.Rejection(self.cause, needed=needed, available=max(room.for_one, 0))


class CoreFilter(RoomFilter):
    """Enough virtual CPUs."""

    resource_class = orc.VCPU
    cause = base.Cause('vcpus', 'has too few CPUs', 'have too few CPUs')


class RamFilter(RoomFilter):
    """Enough memory."""

    resource_class = orc.MEMORY_MB
    cause = base.Cause('memory', 'has too little memory', 'have too little memory', unit='MB')


class DiskFilter(RoomFilter):
    """Enough disk for root, ephemeral and swap disks."""

    resource_class = orc.DISK_GB
    cause = base.Cause('disk', 'has too little disk', 'have too little disk', unit='GB')
