# SPDX-License-Identifier: Apache-2.0
"""Schemas of NUMA topologies."""

from nova_lite.api.openstack.compute.schemas import parts

_CPUS = parts.array_of(parts.COUNT)
_PINNING = {'type': 'object', 'patternProperties': {r'\A[0-9]+\Z': parts.COUNT},
            'additionalProperties': False}
# What is not required is for those whom a policy lets see it.
_NODE = parts.closed({
    'memory_mb': parts.COUNT, 'siblings': parts.array_of(_CPUS), 'vcpu_set': _CPUS,
    'cpu_pinning': _PINNING, 'host_node': parts.COUNT}, optional=('cpu_pinning', 'host_node'))

ANSWER = parts.series(parts.closed({
    'nodes': parts.array_of(_NODE), 'pagesize_kb': {'type': ['integer', 'null']}}))
