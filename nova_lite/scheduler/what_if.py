# SPDX-License-Identifier: Apache-2.0
"""What is supposed of the cloud: hosts that go, come, or take servers, other ratios. Pure.

It changes the states that were read for one question; nothing is written.
"""

import dataclasses

from oslo_config import cfg

from nova_lite import exception
from nova_lite.db.stores import inventories
from nova_lite.scheduler import aggregates, changes, host_state

CONF = cfg.CONF


@dataclasses.dataclass(frozen=True)
class NewHost:
    """A host that is supposed to be there.

    :ivar room: resource class -> total, for what is not as on the host that it is like
    :ivar like: name of a host that it is like in all that is not said; None: the first that works
    :ivar zone: None for the default one
    """

    name: str
    room: dict
    like: str | None = None
    zone: str | None = None


@dataclasses.dataclass(frozen=True)
class Supposed:
    """The cloud, otherwise than it is.

    :ivar without_hosts: names of hosts that are not there
    :ivar disable_hosts: that are disabled
    :ivar enable_hosts: that are enabled, not forced down, and seen
    :ivar add_hosts: list of NewHost
    :ivar allocation_ratios: resource class -> ratio of all hosts
    """

    without_hosts: tuple = ()
    disable_hosts: tuple = ()
    enable_hosts: tuple = ()
    add_hosts: tuple = ()
    allocation_ratios: dict = dataclasses.field(default_factory=dict)

    @classmethod
    def from_values(cls, values):
        """Make it of what ``to_values`` answered."""
        return cls(**{**values, 'add_hosts': tuple(
            NewHost(**one) for one in values.get('add_hosts', ()))})

    def to_values(self):
        """Answer it as plain values, for a message; what is not said is left out."""
        return {name: value for name, value in dataclasses.asdict(self).items() if value}

    @property
    def needs_inventories(self):
        """Whether totals, reserves and ratios have to be read."""
        return bool(self.allocation_ratios or self.add_hosts)


def apply(supposed, hosts, inventory):
    """Answer the hosts as they would be.

    :param inventory: node id -> resource class -> row; read if it is needed
    :raises InvalidInput: if a host is named that is not there, or is added that is
    """
    _check_names(supposed, {host.host for host in hosts})
    for host in hosts:
        _set_ratios(host, inventory.get(host.node_id, {}), supposed.allocation_ratios)
        if host.host in supposed.enable_hosts:
            host.disabled, host.forced_down, host.is_seen = False, False, True
        if host.host in supposed.disable_hosts:
            host.disabled, host.disabled_reason = True, 'supposed'
    added = [_made(new, -number, _like(new, hosts), inventory,
                   ratios=supposed.allocation_ratios)
             for number, new in enumerate(supposed.add_hosts, start=1)]
    return [host for host in hosts if host.host not in supposed.without_hosts] + added


def _check_names(supposed, there):
    named = {*supposed.without_hosts, *supposed.disable_hosts, *supposed.enable_hosts,
             *(new.like for new in supposed.add_hosts if new.like)}
    if named - there:
        raise exception.InvalidInput(
            reason=f'there is no host {", ".join(sorted(named - there))}')
    names = [new.name for new in supposed.add_hosts]
    twice = there.intersection(names) or {name for name in names if names.count(name) > 1}
    if twice:
        raise exception.InvalidInput(
            reason=f'there is a host {", ".join(sorted(twice))} already')


def _set_ratios(host, rows, ratios):
    for resource_class in ratios.keys() & rows.keys() & host.rooms.keys():
        row = rows[resource_class]
        host.rooms[resource_class].free = inventories.capacity_of(
            row['total'], row['reserved'], ratios[resource_class]) - row['used']


def _like(new, hosts):
    """Answer the host that a new one is like; None if there is none at all."""
    named = [host for host in hosts if new.like in (None, host.host)]
    working = [host for host in named if host.is_seen and host.rooms]
    return next(iter(working or named), None)


def _made(new, node_id, like, inventory, *, ratios):
    if like is None:
        made = host_state.HostState((node_id, new.name, new.name, 0, None, 0, ''), ())
        rows = {}
    else:
        made, rows = changes.copy_of(like), inventory.get(like.node_id, {})
    made.node_id, made.host, made.node = node_id, new.name, new.name
    made.availability_zone = new.zone or CONF.default_availability_zone
    made.disabled = made.forced_down = False
    made.is_seen = True
    made.failed_builds = made.io_ops = made.num_instances = 0
    made.disk_available_least, made.aggregates, made.images = None, aggregates.NOWHERE, ()
    for resource_class in {*new.room, *rows}:
        _fill(made, resource_class, rows.get(resource_class, {}), {
            'total': new.room.get(resource_class), 'ratio': ratios.get(resource_class)})
    return made


def _fill(host, resource_class, row, supposed):
    """Give an empty host its room of one class; what is not supposed is as in the row."""
    if resource_class not in host.rooms:
        host.rooms[resource_class] = changes.empty_room(resource_class)
    total = row.get('total', 0) if supposed['total'] is None else supposed['total']
    ratio = supposed['ratio'] or row.get('allocation_ratio', 1.0)
    room = host.rooms[resource_class]
    room.total = total
    room.free = inventories.capacity_of(total, min(row.get('reserved', 0), total), ratio)
