# SPDX-License-Identifier: Apache-2.0
"""A node while a decision is made; a copy of the database's figures, consumed in memory."""

import functools
import json

import os_resource_classes as orc


class Room:
    """One resource class of a node."""

    __slots__ = ('capacity', 'total', 'used')

    def __init__(self, total, capacity, used):
        self.total = total
        self.capacity = capacity
        self.used = used

    @property
    def free(self):
        """What may still be promised to all servers together."""
        return self.capacity - self.used

    @property
    def for_one(self):
        """What a single server can get: never more than there really is."""
        return min(self.total, self.free)


class HostState:
    """A node as filters and weighers see it.

    :ivar rooms: resource class -> Room; a class the node has not reported is missing
    :ivar io_ops: operations that the node has to run now
    """

    __slots__ = ('availability_zone', 'disabled', 'disk_available_least', 'failed_builds',
                 'forced_down', 'host', 'hypervisor_type', 'hypervisor_version', 'io_ops',
                 'is_seen', 'node', 'node_id', 'rooms', 'supported_text')

    def __init__(self, row, resource_classes, io_ops=0):
        """Take the figures of a row of stores/candidates.py."""
        self.io_ops = io_ops
        (self.node_id, self.host, self.node, self.hypervisor_type, self.hypervisor_version,
         self.supported_text, self.disk_available_least, self.failed_builds,
         self.availability_zone, self.disabled, self.forced_down, self.is_seen) = row[:FIXED]
        figures = iter(row[FIXED:])
        self.rooms = {
            resource_class: Room(total, capacity, used)
            for resource_class, total, capacity, used in zip(
                resource_classes, figures, figures, figures, strict=True)
            if total is not None}

    def free(self, resource_class):
        """What may still be promised of a class; 0 if the node has none of it."""
        room = self.rooms.get(resource_class)
        return room.free if room else 0

    @property
    def free_vcpus(self):
        return self.free(orc.VCPU)

    @property
    def free_memory_mb(self):
        return self.free(orc.MEMORY_MB)

    @property
    def free_disk_gb(self):
        """What is promised and what is there may differ with sparse disks: the smaller counts."""
        free = self.free(orc.DISK_GB)
        least = self.disk_available_least
        return free if least is None else min(free, least)

    @property
    def supported_instances(self):
        """(architecture, hypervisor type, vm mode) triples of the guests it can run."""
        return _triples(self.supported_text)

    def consume(self, amounts):
        """Count a server that was just placed here, for the next one of the same request."""
        for resource_class, amount in amounts.items():
            self.rooms[resource_class].used += amount
        self.io_ops += 1


FIXED = 12
"""Columns of a row before the figures of the resource classes, three each."""


def from_rows(rows, resource_classes, work_in_hand):
    """Make the states of rows whose figures are in the order of the classes.

    :param work_in_hand: (host, node) -> operations that it has to run now
    """
    return [HostState(row, resource_classes,
                      work_in_hand.get((row.host, row.hypervisor_hostname), 0))
            for row in rows]


@functools.lru_cache(maxsize=256)
def _triples(text):
    """Parse once what thousands of nodes say in the same words."""
    return tuple(tuple(triple) for triple in json.loads(text or 'null') or ())
