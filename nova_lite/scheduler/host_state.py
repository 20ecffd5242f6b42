# SPDX-License-Identifier: Apache-2.0
"""A node while a decision is made; a copy of the database's figures, consumed in memory."""

import dataclasses
import functools
import json

import os_resource_classes as orc

from nova_lite.db.stores import candidates
from nova_lite.db.stores.scheduling_facts import SEPARATOR, Fact
from nova_lite.scheduler import aggregates


class Room:
    """One resource class of a node.

    :ivar total: what there really is
    :ivar free: what may still be promised to all servers together
    """

    __slots__ = ('free', 'total')

    def __init__(self, total, free):
        self.total = total
        self.free = free

    @property
    def for_one(self):
        """What a single server can get: never more than there really is."""
        return min(self.total, self.free)

    def gives(self, amount):
        """Whether one server can get just so much, as far as there is any."""
        return True


class DividedRoom(Room):
    """Room of a class that is given out in certain amounts only.

    :ivar least: the smallest amount that one server can get
    :ivar most: the largest
    :ivar step: what every amount is a multiple of
    """

    __slots__ = ('least', 'most', 'step')

    def __init__(self, room, least, most, step):
        super().__init__(room.total, room.free)
        self.least, self.most, self.step = least, most, step

    def gives(self, amount):
        """Whether it is one of those amounts."""
        return self.least <= amount <= self.most and amount % self.step == 0

    @property
    def for_one(self):
        return min(self.total, self.free, self.most)


@dataclasses.dataclass(frozen=True)
class Details:
    """What a hypervisor reports of itself; read only for those who ask for it."""

    uuid: str
    hypervisor_type: str
    host_ip: str | None
    cpu_arch: str | None
    cpu_info_text: str | None
    vcpus: int
    memory_mb: int
    local_gb: int
    vcpus_used: int | None
    local_gb_used: int | None

    @property
    def cpu_info(self):
        """Architecture, model, features and topology, as a dict."""
        return _parsed(self.cpu_info_text)


class HostState:
    """A node as filters and weighers see it.

    The facts are there if a filter or weigher that runs for the request needs
    them (stores/scheduling_facts.py); else they are 0 or empty. The database
    gives none but hosts that work to who does not ask for Fact.SERVICE.

    :ivar rooms: resource class -> Room; a class the node has not reported is missing
    :ivar io_ops: operations that the node has to run now
    :ivar num_instances: servers that hold room on it
    :ivar traits_text: those of the traits of the request that it has
    :ivar aggregates: aggregates.Membership
    :ivar images: (image properties, number of servers made of it) pairs
    :ivar details: Details, or None
    :ivar disabled_reason: and last_seen_at are there only to explain, and where
        the service takes no servers
    """

    disabled = forced_down = False
    is_seen = True
    io_ops = num_instances = 0
    supported_text = traits_text = details = None
    disabled_reason = last_seen_at = None
    aggregates = aggregates.NOWHERE
    images = ()

    def __init__(self, row, resource_classes):
        """Take what all rows of stores/candidates.py begin with."""
        (self.node_id, self.host, self.node, self.hypervisor_version, self.disk_available_least,
         self.failed_builds, self.availability_zone) = row[:FIXED]
        figures = iter(row[FIXED:])
        self.rooms = {
            resource_class: Room(total, free)
            for resource_class, total, free in zip(resource_classes, figures, figures,
                                                   strict=False)
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

    @property
    def traits(self):
        """Those of the traits that the request asks about that it has."""
        return _words(self.traits_text)

    def consume(self, amounts):
        """Count a server that was just placed here, for the next one of the same request."""
        for resource_class, amount in amounts.items():
            self.rooms[resource_class].free -= amount
        self.io_ops += 1
        self.num_instances += 1


FIXED = 7
"""Columns of a row before the figures of the resource classes."""

FIGURES = 2
"""Columns for each resource class: total, free."""

BY_FACT = {
    Fact.SERVICE: ('disabled', 'forced_down', 'is_seen'),
    Fact.GUESTS: ('supported_text',),
    Fact.WORK: ('io_ops',),
    Fact.SERVERS: ('num_instances',),
    Fact.TRAITS: ('traits_text',),
}
"""The attributes that the columns of a fact are."""


def from_rows(rows, resource_classes, facts=frozenset()):
    """Make the states of rows whose figures are in the order of the classes.

    :param facts: which of them the rows carry after the figures
    """
    hosts = [HostState(row, resource_classes) for row in rows]
    position = FIXED + FIGURES * len(resource_classes)
    for name in candidates.divided(resource_classes):
        _divide(hosts, rows, name, position)
        position += len(candidates.UNITS)
    for fact, names in BY_FACT.items():
        for name in names if fact in facts else ():
            for host, row in zip(hosts, rows, strict=True):
                setattr(host, name, row[position])
            position += 1
    if Fact.DETAILS in facts:
        position += Fact.AGGREGATES in facts
        for host, row in zip(hosts, rows, strict=True):
            host.details = Details(*row[position:])
    return hosts


def _divide(hosts, rows, resource_class, position):
    for host, row in zip(hosts, rows, strict=True):
        room = host.rooms.get(resource_class)
        if room is not None:
            host.rooms[resource_class] = DividedRoom(
                room, *row[position:position + len(candidates.UNITS)])


@functools.lru_cache(maxsize=256)
def _words(text):
    return frozenset(text.split(SEPARATOR)) if text else frozenset()


@functools.lru_cache(maxsize=256)
def _triples(text):
    """Parse once what thousands of nodes say in the same words."""
    return tuple(tuple(triple) for triple in json.loads(text or 'null') or ())


@functools.lru_cache(maxsize=256)
def _parsed(text):
    return json.loads(text or 'null') or {}
