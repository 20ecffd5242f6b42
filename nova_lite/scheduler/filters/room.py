# SPDX-License-Identifier: Apache-2.0
"""The host has room: each class of resources by a filter that can say how much is missing."""

import functools

import os_resource_classes as orc

from nova_lite.db.stores import candidates
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


class ResourceClassFilter(base.Filter):
    """Enough of what else the flavor asks for by ``resources:CLASS``, in an amount that there is.

    A host that has none of a class is one that has too little of it.
    """

    def concerns(self, request):
        return bool(candidates.divided(request.amounts))

    def why_not(self, request, host):
        """Look at one class after the other."""
        for name in candidates.divided(sorted(request.amounts)):
            needed, room = request.amounts[name], host.rooms.get(name)
            if room is None or needed > room.free or needed > room.total:
                return base.Rejection(too_little(name), needed=needed,
                                      available=max(room.for_one, 0) if room else 0)
            if not room.gives(needed):
                return base.Rejection(other_amounts(name, needed))
        return None


@functools.lru_cache(maxsize=256)
def too_little(resource_class):
    """Answer the cause of hosts whose room of a class is too small."""
    return base.Cause(f'resources:{resource_class}', f'has too little {resource_class}',
                      f'have too little {resource_class}')


@functools.lru_cache(maxsize=256)
def other_amounts(resource_class, needed):
    """Answer the cause of hosts that give a class out in other amounts."""
    words = f'{needed} {resource_class} to one server'
    return base.Cause(f'units:{resource_class}', f'does not give {words}', f'do not give {words}')
