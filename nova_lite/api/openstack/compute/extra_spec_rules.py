# SPDX-License-Identifier: Apache-2.0
"""Which extra specs there are in the namespaces that are ours, and what values they take. Pure.

A name in no namespace, or in one that is not in NAMESPACES, is the operator's
own and takes any value.
"""

import re

import os_resource_classes as orc
from oslo_utils import strutils

from nova_lite import demands, exception

NAMESPACES = frozenset({
    'accel', 'aggregate_instance_extra_specs', 'capabilities', 'hw', 'hw_rng', 'hw_video', 'os',
    'pci_passthrough', 'quota', 'resources', 'trait'})
NUMBERED = re.compile(r'(resources|trait)([0-9A-Za-z_-]*)')
"""Namespaces that may have the suffix of a group of demands."""

_NUMBER = re.compile(r'[0-9]{1,18}')


def _any_text(_value):
    return None


def _flag(value):
    try:
        strutils.bool_from_string(value, strict=True)
    except ValueError:
        return 'it has to be a boolean'
    return None


def _one_of(*words):
    def check(value):
        return None if value in words else f'it has to be one of {", ".join(words)}'
    return check


def _number_from(least):
    def check(value):
        fits = _NUMBER.fullmatch(value) and int(value) >= least
        return None if fits else f'it has to be a whole number that is not below {least}'
    return check


def _amount(value):
    fits = _NUMBER.fullmatch(value) and int(value) <= demands.MOST
    return None if fits else f'it has to be a whole number from 0 to {demands.MOST}'


def _like(pattern, meaning):
    compiled = re.compile(pattern, re.ASCII)

    def check(value):
        return None if compiled.fullmatch(value) else f'it has to be {meaning}'
    return check


_FROM_ZERO = _number_from(0)
_FROM_ONE = _number_from(1)
_CPUS = _like(r'\^?\d+(-\d+)?(,\^?\d+(-\d+)?)*', 'a list of CPUs such as 0-3,^2')

_SHARES = _one_of('custom', 'high', 'low', 'normal')

EXACT = {
    demands.GROUP_POLICY: _one_of(demands.ISOLATE, demands.NONE),
    'accel:device_profile': _any_text,
    'pci_passthrough:alias': _like(
        r'[^:,]+:\d+(\s*,\s*[^:,]+:\d+)*', 'a list of alias:count'),
    'os:secure_boot': _one_of('disabled', 'optional', 'required'),
    'hw_rng:allowed': _flag,
    'hw_rng:rate_bytes': _FROM_ZERO,
    'hw_rng:rate_period': _FROM_ZERO,
    'hw_video:ram_max_mb': _FROM_ZERO,
    **{f'hw:{name}': _flag for name in (
        'boot_menu', 'cpu_realtime', 'ephemeral_encryption', 'hide_hypervisor_id',
        'locked_memory', 'mem_encryption', 'pmu', 'vif_multiqueue_enabled',
        'virtio_packed_ring')},
    **{f'hw:{name}': _FROM_ONE for name in (
        'cpu_cores', 'cpu_max_cores', 'cpu_max_sockets', 'cpu_max_threads', 'cpu_sockets',
        'cpu_threads', 'numa_nodes')},
    **{f'hw:{name}': _FROM_ZERO for name in ('maxphysaddr_bits', 'serial_port_count')},
    **{f'hw:{name}': _CPUS for name in ('cpu_dedicated_mask', 'cpu_realtime_mask')},
    'hw:cpu_policy': _one_of('dedicated', 'mixed', 'shared'),
    'hw:cpu_thread_policy': _one_of('isolate', 'prefer', 'require'),
    'hw:emulator_threads_policy': _one_of('isolate', 'share'),
    'hw:ephemeral_encryption_format': _one_of('luks', 'plain'),
    'hw:maxphysaddr_mode': _one_of('emulate', 'passthrough'),
    'hw:mem_encryption_model': _one_of('amd-sev', 'amd-sev-es'),
    'hw:mem_page_size': _like(
        r'any|large|small|\d+([kKMGT]i?B?|[kKMGT]?i?bit)?',
        'any, large, small or a size such as 2MB'),
    'hw:pci_numa_affinity_policy': _one_of('legacy', 'preferred', 'required', 'socket'),
    'hw:pmem': _any_text,
    'hw:tpm_model': _one_of('tpm-crb', 'tpm-tis'),
    'hw:tpm_secret_security': _one_of('deployment', 'host', 'user'),
    'hw:tpm_version': _one_of('1.2', '2.0'),
    'hw:viommu_model': _one_of('auto', 'intel', 'smmuv3', 'virtio'),
    'hw:watchdog_action': _one_of('disabled', 'none', 'pause', 'poweroff', 'reset'),
    **{f'quota:{name}': _FROM_ZERO for name in (
        'cpu_limit', 'cpu_period', 'cpu_reservation', 'cpu_shares', 'cpu_shares_share',
        'disk_io_limit', 'disk_io_reservation', 'disk_io_shares_share', 'disk_read_bytes_sec',
        'disk_read_iops_sec', 'disk_total_bytes_sec', 'disk_total_iops_sec',
        'disk_write_bytes_sec', 'disk_write_iops_sec', 'memory_limit', 'memory_reservation',
        'memory_shares_share', 'vif_inbound_average', 'vif_inbound_burst', 'vif_inbound_peak',
        'vif_limit', 'vif_outbound_average', 'vif_outbound_burst', 'vif_outbound_peak',
        'vif_reservation', 'vif_shares_share')},
    # -1 is no limit.
    'quota:cpu_quota': _like(r'-1|[0-9]{1,18}', 'microseconds, or -1'),
    **{f'quota:{name}_shares_level': _SHARES for name in ('cpu', 'disk_io', 'memory', 'vif')},
}
"""Extra spec -> function that answers what is wrong with a value, None if nothing is."""

LIKE = (
    (re.compile(r'hw:numa_cpus\.[0-9]+'), _CPUS),
    (re.compile(r'hw:numa_mem\.[0-9]+'), _FROM_ONE),
    (re.compile(r'(aggregate_instance_extra_specs|capabilities):.+'), _any_text),
)
"""The same for those whose name has a part that is free."""


def check(name, value):
    """Refuse an extra spec that can't be meant.

    :raises InvalidExtraSpec: if the name is unknown in a namespace of ours, or
        takes no such value
    """
    wrong = _check_for(name)(value)
    if wrong is not None:
        raise exception.InvalidExtraSpec(name=name, value=value, reason=wrong)


def check_together(specs, flavor):
    """Refuse extra specs of a flavor that no node can meet together.

    :param specs: all that it would have
    :param flavor: its row
    :raises InvalidExtraSpec: with the spec that is one too many
    """
    found = demands.of_specs(specs)
    if found.apart:
        raise exception.InvalidExtraSpec(
            name=demands.GROUP_POLICY, value=demands.ISOLATE,
            reason=f'the groups {", ".join(found.apart)} can not be kept apart, because a node is '
                   'one provider of resources')
    both = sorted(found.required & found.forbidden)
    if both:
        raise exception.InvalidExtraSpec(
            name=f'{demands.TRAIT}:{both[0]}', value=demands.FORBIDDEN,
            reason='another group requires the trait of the same node')
    own = {orc.VCPU: flavor['vcpus'], orc.MEMORY_MB: flavor['memory_mb'],
           orc.DISK_GB: flavor['root_gb'] + flavor['ephemeral_gb'] + flavor['swap']}
    if not any({**own, **found.amounts}.values()):
        raise exception.InvalidExtraSpec(
            name=f'{demands.RESOURCES}:{orc.VCPU}', value=0,
            reason='the server would take nothing of its node')


def _check_for(name):
    asked = demands.KEY.fullmatch(name)
    if asked is not None:
        return _check_for_demand(*asked.group(1, 3))
    if name in EXACT:
        return EXACT[name]
    for pattern, check_value in LIKE:
        if pattern.fullmatch(name):
            return check_value
    namespace, colon, _rest = name.partition(':')
    if colon and (namespace in NAMESPACES or NUMBERED.fullmatch(namespace)):
        return _unknown
    return _any_text


def _check_for_demand(kind, name):
    """Of ``resources:NAME`` and ``trait:NAME``, in a group or not."""
    if kind == demands.RESOURCES:
        if demands.is_resource_class(name):
            return _amount
        return lambda _value: (f'there is no resource class {name}; names of your own begin with '
                               'CUSTOM_')
    if demands.is_trait(name):
        return _one_of(demands.FORBIDDEN, demands.REQUIRED)
    return lambda _value: f'there is no trait {name}; names of your own begin with CUSTOM_'


def _unknown(_value):
    return 'there is no extra spec of that name'
