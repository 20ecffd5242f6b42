# SPDX-License-Identifier: Apache-2.0
"""The aggregates as the scheduler knows them: a copy in memory, as new as each request's read.

The read of the candidates (stores/candidates.py) brings a version of the
aggregates along; only when that has changed is the copy made anew.
"""

import dataclasses

from oslo_log import log

from nova_lite.db.stores import scheduling_facts

LOG = log.getLogger(__name__)

NO_AGGREGATES = '0'
"""The version when there are none."""


class Membership:
    """The aggregates of a host; hosts in the same ones share it.

    Where several aggregates name the same key, a host has all their values. A
    value may be a list with commas.
    """

    __slots__ = ('_numbers', 'aggregates', 'values')

    def __init__(self, aggregates):
        self.aggregates = aggregates
        self.values = {}
        self._numbers = {}
        for aggregate in aggregates:
            for key, text in aggregate.metadata.items():
                words = {word.strip() for word in text.split(',')}
                self.values[key] = self.values.get(key, frozenset()) | words

    def number(self, key, default):
        """Answer the lowest of the numbers that the aggregates give for a key.

        :param default: is the answer if there is none, or one that is no number
        """
        if key not in self.values:
            return default
        if key not in self._numbers:
            self._numbers[key] = self._read_number(key)
        found = self._numbers[key]
        return default if found is None else found

    def _read_number(self, key):
        try:
            return min(map(float, self.values[key]))
        except ValueError:
            LOG.warning('The value of %s in the metadata of aggregates %s is no number; the '
                        'configured one holds.', key, ', '.join(
                            aggregate.name for aggregate in self.aggregates))
            return None


NOWHERE = Membership(())


@dataclasses.dataclass(frozen=True)
class Snapshot:
    """All aggregates at one version.

    :ivar by_host: host -> Membership
    :ivar keys: of all metadata
    """

    version: str
    by_host: dict = dataclasses.field(default_factory=dict)
    keys: frozenset = frozenset()

    def of(self, host):
        """Answer the aggregates of a host."""
        return self.by_host.get(host, NOWHERE)


EMPTY = Snapshot(NO_AGGREGATES)


class Aggregates:
    """The process's copy."""

    def __init__(self):
        self.known = EMPTY

    def at(self, context, version):
        """Answer the aggregates at that version, or a later one."""
        if version == NO_AGGREGATES:
            self.known = EMPTY
        elif self.known.version != version:
            # What is read may be newer than the version; then it is read once more next time.
            self.known = _snapshot(version, scheduling_facts.all_aggregates(context))
        return self.known


def _snapshot(version, aggregates):
    of_host, shared = {}, {}
    for aggregate in aggregates:
        for host in aggregate.hosts:
            of_host.setdefault(host, []).append(aggregate)
    by_host = {}
    for host, found in of_host.items():
        key = tuple(aggregate.id for aggregate in found)
        if key not in shared:
            shared[key] = Membership(tuple(found))
        by_host[host] = shared[key]
    return Snapshot(version, by_host, frozenset(
        key for aggregate in aggregates for key in aggregate.metadata))
