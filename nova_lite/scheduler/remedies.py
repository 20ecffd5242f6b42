# SPDX-License-Identifier: Apache-2.0
"""Which changes would help against what stands against a host. Pure.

One function a cause: it gets the request, the host, the Rejection and the
filter that said so, and yields changes.Change, each of which would do alone.
A filter that is not known here may have a method ``remedies`` of the same
arguments without the filter; without it, its words are all there is to say.
"""

from nova_lite.db.stores.scheduling_facts import SEPARATOR as TRAITS_SEPARATOR
from nova_lite.scheduler import aggregates, extra_specs, groups
from nova_lite.scheduler.changes import Change, Effort, asking, empty_room, setting
from nova_lite.scheduler.filters import (
    aggregate_extra_specs,
    aggregate_image_properties,
    aggregate_multitenancy,
    aggregate_type_affinity,
    availability_zone,
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

SEPARATOR = ':'
"""In the name of a cause: what comes after it is a name of the request's own."""

NOUNS = {'VCPU': ('vCPUs', ''), 'MEMORY_MB': ('memory', 'MB'), 'DISK_GB': ('disk', 'GB')}
"""Resource class -> what it is called, and its unit."""


def against(condition, request, host, rejection):
    """Answer the changes that would help, the cheapest first; there is at least one."""
    own = getattr(condition, 'remedies', None)
    kind, _colon, subject = rejection.cause.name.partition(SEPARATOR)
    if own is not None:
        found = own(request, host, rejection)
    elif kind in BY_CAUSE:
        found = BY_CAUSE[kind](request, host, rejection)
    elif rejection.needed is not None:
        found = _room(getattr(condition, 'resource_class', subject), request, host, rejection)
    else:
        found = ()
    return sorted(found, key=lambda change: change.cost) or [_unknown(host, rejection)]


def _unknown(host, rejection):
    words = ' '.join(filter(None, (rejection.cause.one, rejection.detail)))
    return Change('unknown', f'change what keeps servers away from {host.host}: it {words}',
                  Effort.UNKNOWN, host=host.host)


# Room


def amount_in_words(resource_class, amount, more=''):
    """Answer ``1,024 MB memory``, ``2 vCPUs``, ``1 CUSTOM_FPGA``.

    :param more: a word that comes before what it is
    """
    noun, unit = NOUNS.get(resource_class, (resource_class, ''))
    return ' '.join(filter(None, (f'{amount:,}', unit, more, noun)))


def _room(resource_class, request, host, rejection):
    needed, available = rejection.needed, rejection.available or 0
    if resource_class not in request.amounts:
        return
    part = (needed - available) / needed
    if available > 0:
        yield asking(
            f'flavor:{resource_class}',
            f'a flavor with {amount_in_words(resource_class, available)} instead of {needed:,}',
            Effort.SMALLER + part,
            lambda asked: {'amounts': {**asked.amounts, resource_class: available}})
    found = host.rooms.get(resource_class)
    if found is not None and found.total >= needed:
        missing = amount_in_words(resource_class, needed - available, 'more')
        yield _more_room('room', f'{missing} on {host.host}', Effort.VACATE + part,
                         (host, resource_class, needed))
    else:
        yield _more_room(
            'hardware', f'hardware with {amount_in_words(resource_class, needed)} in {host.host}, '
            f'which has {found.total if found else 0:,}', Effort.EQUIP + part,
            (host, resource_class, needed))


def _more_room(kind, text, cost, what):
    host, resource_class, needed = what

    def host_with(state):
        found = state.rooms.setdefault(resource_class, empty_room(resource_class))
        found.total, found.free = max(found.total, needed), max(found.free, needed)
    return Change(f'{kind}:{resource_class}', text, cost, host=host.host, host_with=host_with)


def _other_amounts(request, host, rejection):
    resource_class = rejection.cause.name.partition(SEPARATOR)[2]
    needed, room_ = request.amounts[resource_class], host.rooms[resource_class]
    given = min(room_.most, needed) // room_.step * room_.step
    if given < room_.least:
        return
    yield asking(
        f'flavor:{resource_class}',
        f'a flavor with {amount_in_words(resource_class, given)} instead of {needed:,}',
        Effort.SMALLER + (needed - given) / needed,
        lambda asked: {'amounts': {**asked.amounts, resource_class: given}})


def _unreported(_request, host, _rejection):
    yield Change('report', f'have {host.host} report its resources: look at nova-lite-compute '
                 'there', Effort.REPAIR, host=host.host)


# The service


def _disabled(_request, host, _rejection):
    reason = f' (disabled: {host.disabled_reason})' if host.disabled_reason else ''
    yield setting('enable', f'enable {host.host}{reason}', Effort.SET, host, disabled=False)


def _forced_down(_request, host, _rejection):
    yield setting('force_up', f'take back that {host.host} was forced down', Effort.SET, host,
                  forced_down=False)


def _down(_request, host, _rejection):
    seen = f'not seen since {host.last_seen_at}' if host.last_seen_at else 'never seen'
    yield setting('bring_up', f'bring nova-lite-compute on {host.host} back ({seen})',
                  Effort.REPAIR, host, is_seen=True)


# Where it may go


def _zone(request, host, _rejection):
    zone = host.availability_zone
    yield asking('zone', f'zone {zone} instead of {request.zone}', Effort.ASK,
                 lambda _asked: {'zone': zone})


def _not_asked_for(request, _host, _rejection):
    named = ', '.join(sorted(request.hosts | request.nodes))
    yield asking('host', f'any host instead of {named}', Effort.ASK, lambda _asked: {
        'hosts': frozenset(), 'nodes': frozenset(), 'forced': False})


def _ignored(_request, host, _rejection):
    yield asking('avoid', f'do not avoid {host.host}', Effort.ASK,
                 lambda asked: {'ignored_hosts': asked.ignored_hosts - {host.host}})


def _tried(_request, host, _rejection):
    yield asking('retry', f'try {host.host} once more, where it has failed', Effort.ASK,
                 lambda asked: {'tried': asked.tried - {(host.host, host.node)}})


def _without_hints(*names):
    """Changes that drop a hint, and those that are nothing without it."""
    def remedies(_request, _host, _rejection):
        yield asking(f'hint:{names[0]}', f'drop the hint {names[0]}', Effort.ASK, lambda asked: {
            'hints': {name: values for name, values in asked.hints.items() if name not in names},
            'group': None if groups.HINT in names else asked.group})
    return remedies


def _apart(request, host, rejection):
    yield from _without_hints(groups.HINT)(request, host, rejection)
    group, rule = request.group, groups.MAX_SERVER_PER_HOST
    most = group.members[host.host] + 1
    yield asking(f'group:{rule}', f'a server group with {rule} {most}', Effort.SET,
                 lambda _asked: {'group': groups.Group(
                     group.id, group.policy, {**group.rules, rule: most}, group.members)})


# Load


def _busy(_request, host, _rejection):
    yield setting('wait', f'wait until {host.host} has done some of its {host.io_ops} operations',
                  Effort.WAIT, host, io_ops=0)


def _crowded(_request, host, _rejection):
    limit = num_instances.LIMIT
    yield setting(f'limit:{limit}', f'a higher {limit} for {host.host}, or fewer than its '
                  f'{host.num_instances} servers', Effort.SET, host, num_instances=0)


# What hypervisor, flavor and image say


def _specs(asker):
    """Changes against the extra specs of one scope, which a module of a filter reads."""
    scope = asker.SCOPE

    def without(asked):
        wanted = asker.wanted_of(asked.extra_specs)
        return {'extra_specs': {
            key: value for key, value in asked.extra_specs.items()
            if key not in wanted and not key.startswith(scope + extra_specs.SEPARATOR)}}

    def remedies(request, _host, _rejection):
        wanted = extra_specs.in_words(asker.wanted_of(request.extra_specs))
        yield asking(f'extra_specs:{scope}', f'a flavor that does not ask for {wanted}',
                     Effort.SMALLER, without)
    return remedies


def _aggregate_specs(request, host, rejection):
    yield from _specs(aggregate_extra_specs)(request, host, rejection)
    yield Change('aggregate', f'put {host.host} in an aggregate with {rejection.detail}',
                 Effort.SET, host=host.host)


def _missing_traits(request, host, _rejection):
    missing = request.traits - host.traits
    names = ', '.join(sorted(missing))
    yield asking('trait', f'a flavor and an image that do not require trait {names}',
                 Effort.SMALLER, lambda asked: {'traits': asked.traits - missing})
    yield setting('trait', f'trait {names} on {host.host}', Effort.EQUIP, host,
                  traits_text=TRAITS_SEPARATOR.join(sorted(host.traits | missing)))


def _forbidden_traits(request, host, _rejection):
    unwanted = request.forbidden_traits & host.traits
    names = ', '.join(sorted(unwanted))
    yield asking('forbidden_trait', f'a flavor and an image that do not forbid trait {names}',
                 Effort.SMALLER,
                 lambda asked: {'forbidden_traits': asked.forbidden_traits - unwanted})


def _apart_in_groups(_request, _host, _rejection):
    yield asking('group_policy', 'a flavor that does not keep resource groups apart',
                 Effort.SMALLER, lambda _asked: {'apart': ()})


GUEST_PROPERTIES = frozenset().union(
    image_properties.ARCHITECTURE, image_properties.HYPERVISOR_TYPE, image_properties.VM_MODE,
    image_properties.VERSION)


def _guests(_request, _host, rejection):
    yield asking('image', f'an image that does not ask for {rejection.detail}', Effort.SMALLER,
                 lambda asked: {'image_properties': {
                     name: value for name, value in asked.image_properties.items()
                     if name not in GUEST_PROPERTIES}})


# Aggregates


def _in_aggregate_with(text, host, values):
    """Answer the change of the metadata of a host's aggregates: these values are added."""
    def host_with(state):
        made = aggregates.Membership(state.aggregates.aggregates)
        for key, value in values.items():
            made.values[key] = made.values.get(key, frozenset()) | {value}
        state.aggregates = made
    return Change('aggregate', text, Effort.SET, host=host.host, host_with=host_with)


def _other_projects(request, host, _rejection):
    key = aggregate_multitenancy.KEY
    yield _in_aggregate_with(
        f'add project {request.project_id} to {key} of an aggregate of {host.host}', host,
        {key: request.project_id})


def _other_flavors(request, host, _rejection):
    key = aggregate_type_affinity.KEY
    names = sorted(host.aggregates.values[key])
    yield asking('flavor', f'flavor {" or ".join(names)} instead of {request.flavor_name}',
                 Effort.SMALLER, lambda _asked: {'flavor_name': names[0]})
    yield _in_aggregate_with(
        f'add flavor {request.flavor_name} to {key} of an aggregate of {host.host}', host,
        {key: request.flavor_name})


def _other_images(request, host, _rejection):
    allowed = host.aggregates.values
    wrong = {name: str(value) for name, value in request.image_properties.items()
             if name in allowed and str(value) not in allowed[name]}
    words = ', '.join(f'{name} {" or ".join(sorted(allowed[name]))} instead of {value}'
                      for name, value in sorted(wrong.items()))
    yield asking('image', f'an image with {words}', Effort.SMALLER, lambda asked: {
        'image_properties': {**asked.image_properties,
                             **{name: min(allowed[name]) for name in wrong}}})
    yield _in_aggregate_with(f'let an aggregate of {host.host} take images with '
                             f'{extra_specs.in_words(wrong)}', host, wrong)


def _isolated(_request, host, _rejection):
    yield Change('option:isolated_hosts', f'take {host.host} out of [filter_scheduler] '
                 'isolated_hosts', Effort.SET, host=host.host)


def _not_isolated(_request, host, _rejection):
    yield Change('option:isolated_hosts', f'add {host.host} to [filter_scheduler] '
                 'isolated_hosts', Effort.SET, host=host.host)


BY_CAUSE = {
    room.UNREPORTED.name: _unreported,
    compute.DISABLED.name: _disabled,
    compute.FORCED_DOWN.name: _forced_down,
    compute.DOWN.name: _down,
    availability_zone.OTHER_ZONE.name: _zone,
    destination.NOT_ASKED_FOR.name: _not_asked_for,
    destination.IGNORED.name: _ignored,
    retry.TRIED.name: _tried,
    same_host.ELSEWHERE.name: _without_hints(same_host.HINT),
    different_host.TOGETHER.name: _without_hints(different_host.HINT),
    json_query.UNWANTED.name: _without_hints(json_query.HINT),
    json_query.UNREADABLE.name: _without_hints(json_query.HINT),
    simple_cidr_affinity.FAR_AWAY.name: _without_hints(
        simple_cidr_affinity.HINT, simple_cidr_affinity.SIZE_HINT),
    server_group.ELSEWHERE.name: _without_hints(groups.HINT),
    server_group.TOGETHER.name: _apart,
    io_ops.BUSY.name: _busy,
    num_instances.CROWDED.name: _crowded,
    compute_capabilities.INCAPABLE.name: _specs(compute_capabilities),
    aggregate_extra_specs.NOT_IN_AGGREGATE.name: _aggregate_specs,
    image_properties.UNSUPPORTED.name: _guests,
    aggregate_multitenancy.OTHER_PROJECTS.name: _other_projects,
    aggregate_type_affinity.OTHER_FLAVORS.name: _other_flavors,
    aggregate_image_properties.OTHER_IMAGES.name: _other_images,
    'trait': _missing_traits,
    'forbidden_trait': _forbidden_traits,
    'units': _other_amounts,
    traits.APART.name: _apart_in_groups,
    isolated_hosts.ISOLATED.name: _isolated,
    isolated_hosts.NOT_ISOLATED.name: _not_isolated,
}
