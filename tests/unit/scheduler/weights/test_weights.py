# SPDX-License-Identifier: Apache-2.0
"""Weighers, and how their figures are added up."""

import ddt

from nova_lite import exception
from nova_lite.scheduler import weights
from nova_lite.scheduler.weights import base
from tests import base as tests_base
from tests.unit.scheduler import states

BETTER_AND_WORSE = (
    ({'rooms': {'MEMORY_MB': (8192, 8192, 0)}}, {'rooms': {'MEMORY_MB': (8192, 8192, 1)}}),
    ({'rooms': {'VCPU': (16, 64, 0)}}, {'rooms': {'VCPU': (16, 64, 1)}}),
    ({'rooms': {'DISK_GB': (100, 100, 0)}}, {'rooms': {'DISK_GB': (100, 100, 1)}}),
    ({'disk_available_least': 90}, {'disk_available_least': 20}),
    ({'io_ops': 0}, {'io_ops': 3}),
    ({'failed_builds': 0}, {'failed_builds': 1}),
    ({'hypervisor_version': 9000000}, {'hypervisor_version': 8002000}),
    ({'hypervisor_version': 1}, {'hypervisor_version': None}),
)


@ddt.ddt
class WeightsTest(tests_base.TestCase):

    def weights_of(self, *hosts):
        return base.weights_of(weights.configured(), states.request(),
                               [states.host(**fields) for fields in hosts])[0]

    @ddt.data(*BETTER_AND_WORSE)
    @ddt.unpack
    def test_each_weigher_prefers_the_better_host(self, better, worse):
        first, second = self.weights_of(better, worse)
        self.assertGreater(first, second)

    def test_equal_hosts_weigh_nothing(self):
        self.assertEqual([0.0, 0.0], self.weights_of({}, {}))

    def test_figures_are_stretched_between_the_lowest_and_the_highest(self):
        memory = [{'rooms': {'MEMORY_MB': (8192, 8192, used)}} for used in (0, 2048, 8192)]
        self.assertEqual([1.0, 0.75, 0.0], self.weights_of(*memory))

    def test_negative_multiplier_fills_hosts_up(self):
        self.override('filter_scheduler', ram_weight_multiplier=-2.0)
        memory = [{'rooms': {'MEMORY_MB': (8192, 8192, used)}} for used in (0, 8192)]
        self.assertEqual([-2.0, 0.0], self.weights_of(*memory))

    def test_number_of_servers_weighs_only_if_so_configured(self):
        hosts = ({'num_instances': 3}, {'num_instances': 0})
        self.assertEqual([0.0, 0.0], self.weights_of(*hosts))
        self.override('filter_scheduler', num_instances_weight_multiplier=-1.0)
        self.assertEqual([-1.0, 0.0], self.weights_of(*hosts))

    def test_aggregates_have_multipliers_of_their_own(self):
        memory = [{'rooms': {'MEMORY_MB': (8192, 8192, used)}, 'metadata': metadata}
                  for used, metadata in (
                      (0, {'ram_weight_multiplier': '-3'}), (2048, None), (8192, None),
                      (4096, [{'ram_weight_multiplier': '5'}, {'ram_weight_multiplier': '2'}]))]
        self.assertEqual([-3.0, 0.75, 0.0, 1.0], self.weights_of(*memory))

    def test_aggregate_can_turn_a_weigher_on_that_is_off(self):
        hosts = ({'num_instances': 3, 'metadata': {'num_instances_weight_multiplier': '2'}},
                 {'num_instances': 0})
        self.assertEqual([2.0, 0.0], self.weights_of(*hosts))

    def test_multiplier_that_is_no_number_is_not_used(self):
        memory = [{'rooms': {'MEMORY_MB': (8192, 8192, used)},
                   'metadata': {'ram_weight_multiplier': 'much'}} for used in (0, 8192)]
        self.assertEqual([1.0, 0.0], self.weights_of(*memory))

    def test_one_failed_build_outweighs_all_room(self):
        empty = {'failed_builds': 1}
        full = {'rooms': {'MEMORY_MB': (8192, 8192, 7000), 'VCPU': (16, 64, 60)}}
        first, second = self.weights_of(empty, full)
        self.assertLess(first, second)

    def test_unknown_weigher_stops_the_start(self):
        self.override('filter_scheduler', weight_classes=['nova_lite.scheduler.weights.none'])
        self.assertRaises(exception.SchedulerExtensionNotFound, weights.configured)
