# SPDX-License-Identifier: Apache-2.0
"""A request as filters and weighers see it: plain values, made once of a RequestSpec."""

import dataclasses

import os_resource_classes as orc
from oslo_log import log

from nova_lite import demands
from nova_lite.db.stores import candidates
from nova_lite.scheduler import groups

LOG = log.getLogger(__name__)

MB_PER_GB = 1024


@dataclasses.dataclass(frozen=True)
class Request:
    """What one server needs and where it may go.

    :ivar amounts: resource class -> amount, none of them 0
    :ivar hosts: the only hosts it may go to; empty for any
    :ivar forced: the hosts were forced, so only what a claim demands is checked
    :ivar tried: (host, node) pairs on which it failed
    :ivar hosts_by_server: where the servers named by hints run
    :ivar group: groups.Group of the hint of that name, if a filter or weigher looks at it
    :ivar traits: that a host must have
    :ivar forbidden_traits: that it must not have
    :ivar apart: suffixes of the groups of demands that may not meet on one node
    """

    amounts: dict
    project_id: str | None = None
    flavor_name: str | None = None
    extra_specs: dict = dataclasses.field(default_factory=dict)
    image_id: str | None = None
    image_properties: dict = dataclasses.field(default_factory=dict)
    zone: str | None = None
    hosts: frozenset = frozenset()
    nodes: frozenset = frozenset()
    forced: bool = False
    ignored_hosts: frozenset = frozenset()
    tried: frozenset = frozenset()
    hints: dict = dataclasses.field(default_factory=dict)
    hosts_by_server: dict = dataclasses.field(default_factory=dict)
    group: groups.Group | None = None
    traits: frozenset = frozenset()
    forbidden_traits: frozenset = frozenset()
    apart: tuple = ()

    @property
    def asked_traits(self):
        """All traits that matter for it."""
        return self.traits | self.forbidden_traits

    def hint(self, name):
        """Answer the values of a hint, none without it."""
        return self.hints.get(name, [])

    def hosts_of_hint(self, name):
        """Answer the hosts of the servers that a hint names, as far as they have one."""
        return {self.hosts_by_server[uuid] for uuid in self.hint(name)
                if uuid in self.hosts_by_server}

    def for_a_choice(self):
        """Answer a copy that picks can be noted in."""
        return self if self.group is None else dataclasses.replace(self, group=self.group.copy())

    def note_pick(self, host):
        """Count a server that was just placed, for the next one of the same request."""
        if self.group is not None:
            self.group.place(host.host)

    def cut(self, *, facts=frozenset(), limit=None, freest=orc.MEMORY_MB, fullest_first=False):
        """Answer what the database is asked for; filters narrow it.

        :param facts: to be read of each host
        """
        return candidates.Cut(
            amounts=self.amounts, facts=facts, hosts=self.hosts or None,
            nodes=self.nodes or None, not_hosts=self.ignored_hosts,
            not_nodes=self.tried, freest=freest, fullest_first=fullest_first, limit=limit)

    def summary(self):
        """Answer what the record of the decision keeps of the request."""
        return {'amounts': self.amounts, 'zone': self.zone, 'hosts': sorted(self.hosts),
                'nodes': sorted(self.nodes), 'forced': self.forced,
                'ignored_hosts': sorted(self.ignored_hosts),
                'tried': sorted(map(list, self.tried)), 'hints': self.hints,
                'image_properties': self.image_properties, 'flavor': self.flavor_name,
                'extra_specs': self.extra_specs, 'image': self.image_id,
                'traits': sorted(self.traits),
                'forbidden_traits': sorted(self.forbidden_traits)}


def amounts_of(flavor, asked=None):
    """Answer what a server of a flavor takes of its host: resource class -> amount.

    :param asked: amounts that count instead of the flavor's; what would take
        nothing of a host takes what the flavor has, or nobody could tell where
        the server is
    """
    swap_gb = -(-flavor.swap // MB_PER_GB)
    amounts = {
        orc.DISK_GB: flavor.root_gb + flavor.ephemeral_gb + swap_gb,
        orc.MEMORY_MB: flavor.memory_mb,
        orc.VCPU: flavor.vcpus,
    }
    return _above_zero({**amounts, **(asked or {})}) or _above_zero(amounts)


def _above_zero(amounts):
    return {resource_class: amount for resource_class, amount in amounts.items() if amount}


def of_spec(spec, tried):
    """Make the request of a spec.

    :param tried: list of [host, node] on which the server failed
    """
    forced = bool(spec.force_hosts or spec.force_nodes)
    extra_specs = dict(spec.flavor.extra_specs or {})
    image_properties = dict(spec.image.properties) if spec.image else {}
    asked = demands.of_specs(extra_specs, image_properties)
    if asked.unreadable:
        LOG.warning('Flavor %s or its image says nothing readable by %s', spec.flavor.name,
                    ', '.join(asked.unreadable))
    hosts, nodes = spec.force_hosts, spec.force_nodes
    if not forced and spec.requested_destination:
        named = spec.requested_destination
        hosts, nodes = filter(None, [named.host]), filter(None, [named.node])
    return Request(
        amounts=amounts_of(spec.flavor, asked.amounts), project_id=spec.project_id,
        flavor_name=spec.flavor.name, extra_specs=extra_specs,
        image_id=spec.image.id if spec.image else None, image_properties=image_properties,
        zone=spec.availability_zone, hosts=frozenset(hosts), nodes=frozenset(nodes),
        forced=forced, ignored_hosts=frozenset(spec.ignore_hosts),
        tried=frozenset((host, node) for host, node in tried),
        hints=dict(spec.scheduler_hints), traits=asked.required,
        forbidden_traits=asked.forbidden, apart=asked.apart)
