# SPDX-License-Identifier: Apache-2.0
"""A request as filters and weighers see it: plain values, made once of a RequestSpec."""

import dataclasses

import os_resource_classes as orc

from nova_lite.db.stores import candidates

MB_PER_GB = 1024


@dataclasses.dataclass(frozen=True)
class Request:
    """What one server needs and where it may go.

    :ivar amounts: resource class -> amount, none of them 0
    :ivar hosts: the only hosts it may go to; empty for any
    :ivar forced: the hosts were forced, so only what a claim demands is checked
    :ivar tried: (host, node) pairs on which it failed
    :ivar hosts_by_server: where the servers named by hints run
    """

    amounts: dict
    project_id: str | None = None
    image_properties: dict = dataclasses.field(default_factory=dict)
    zone: str | None = None
    hosts: frozenset = frozenset()
    nodes: frozenset = frozenset()
    forced: bool = False
    ignored_hosts: frozenset = frozenset()
    tried: frozenset = frozenset()
    hints: dict = dataclasses.field(default_factory=dict)
    hosts_by_server: dict = dataclasses.field(default_factory=dict)

    def hint(self, name):
        """Answer the values of a hint, none without it."""
        return self.hints.get(name, [])

    def cut(self, *, by_zone, limit, freest=orc.MEMORY_MB, fullest_first=False):
        """Answer what the database is asked for.

        :param by_zone: whether a filter looks at the zone
        """
        return candidates.Cut(
            amounts=self.amounts, zone=self.zone if by_zone else None,
            hosts=self.hosts, nodes=self.nodes, not_hosts=self.ignored_hosts,
            not_nodes=self.tried, freest=freest, fullest_first=fullest_first, limit=limit)

    def summary(self):
        """Answer what the record of the decision keeps of the request."""
        return {'amounts': self.amounts, 'zone': self.zone, 'hosts': sorted(self.hosts),
                'nodes': sorted(self.nodes), 'forced': self.forced,
                'ignored_hosts': sorted(self.ignored_hosts),
                'tried': sorted(map(list, self.tried)), 'hints': self.hints,
                'image_properties': self.image_properties}


def amounts_of(flavor):
    """Answer what a server of a flavor takes of its host: resource class -> amount."""
    swap_gb = -(-flavor.swap // MB_PER_GB)
    amounts = {
        orc.DISK_GB: flavor.root_gb + flavor.ephemeral_gb + swap_gb,
        orc.MEMORY_MB: flavor.memory_mb,
        orc.VCPU: flavor.vcpus,
    }
    return {resource_class: amount for resource_class, amount in amounts.items() if amount}


def of_spec(spec, tried):
    """Make the request of a spec.

    :param tried: list of [host, node] on which the server failed
    """
    forced = bool(spec.force_hosts or spec.force_nodes)
    hosts, nodes = spec.force_hosts, spec.force_nodes
    if not forced and spec.requested_destination:
        named = spec.requested_destination
        hosts, nodes = filter(None, [named.host]), filter(None, [named.node])
    return Request(
        amounts=amounts_of(spec.flavor), project_id=spec.project_id,
        image_properties=dict(spec.image.properties) if spec.image else {},
        zone=spec.availability_zone, hosts=frozenset(hosts), nodes=frozenset(nodes),
        forced=forced, ignored_hosts=frozenset(spec.ignore_hosts),
        tried=frozenset((host, node) for host, node in tried),
        hints=dict(spec.scheduler_hints))
