# SPDX-License-Identifier: Apache-2.0
"""Clouds that are supposed."""

from nova_lite import exception
from nova_lite.scheduler import what_if
from tests import base
from tests.unit.scheduler import states

ROWS = {1: {'VCPU': {'total': 16, 'reserved': 2, 'allocation_ratio': 4.0, 'used': 10},
            'MEMORY_MB': {'total': 8192, 'reserved': 512, 'allocation_ratio': 1.0, 'used': 0}}}


class WhatIfTest(base.TestCase):

    def apply(self, *hosts, **supposed):
        return what_if.apply(what_if.Supposed(**supposed), list(hosts), ROWS)

    def test_hosts_go(self):
        found = self.apply(states.host('cmp1'), states.host('cmp2'), without_hosts=('cmp1',))
        self.assertEqual(['cmp2'], [host.host for host in found])

    def test_hosts_are_switched(self):
        on, off = self.apply(
            states.host('cmp1', disabled=True, forced_down=True, is_seen=False),
            states.host('cmp2'), enable_hosts=('cmp1',), disable_hosts=('cmp2',))
        self.assertEqual((False, False, True, True), (
            on.disabled, on.forced_down, on.is_seen, off.disabled))

    def test_ratio_leaves_what_is_used(self):
        (host,) = self.apply(states.host(), allocation_ratios={'VCPU': 2.0, 'CUSTOM_X': 3.0})
        self.assertEqual(14 * 2 - 10, host.free_vcpus)

    def test_new_host_is_like_another_but_empty(self):
        new = what_if.NewHost('cmp9', {'MEMORY_MB': 4096}, zone='east')
        old = states.host('cmp1', disabled=True, num_instances=4, metadata={'a': 'b'})
        found = self.apply(old, add_hosts=(new,), allocation_ratios={'MEMORY_MB': 2.0})[-1]
        self.assertEqual(('cmp9', 'east', False, 0, {}), (
            found.host, found.availability_zone, found.disabled, found.num_instances,
            found.aggregates.values))
        self.assertEqual((14 * 4, (4096 - 512) * 2), (found.free_vcpus, found.free_memory_mb))
        self.assertEqual(old.supported_instances, found.supported_instances)

    def test_new_host_in_an_empty_cloud_has_what_is_said(self):
        (found,) = self.apply(add_hosts=(what_if.NewHost('cmp9', {'VCPU': 8}),))
        self.assertEqual((8, 0, 'nova'), (
            found.free_vcpus, found.free_memory_mb, found.availability_zone))

    def test_names_have_to_fit_the_cloud(self):
        for supposed in ({'without_hosts': ('x',)}, {'enable_hosts': ('x',)},
                         {'add_hosts': (what_if.NewHost('cmp1', {}),)},
                         {'add_hosts': (what_if.NewHost('a', {}), what_if.NewHost('a', {}))},
                         {'add_hosts': (what_if.NewHost('a', {}, like='x'),)}):
            self.assertRaises(exception.InvalidInput, self.apply, states.host(), **supposed)

    def test_supposition_survives_a_message(self):
        supposed = what_if.Supposed(
            disable_hosts=('cmp1',), add_hosts=(what_if.NewHost('a', {'VCPU': 1}),))
        self.assertEqual(supposed, what_if.Supposed.from_values(supposed.to_values()))
