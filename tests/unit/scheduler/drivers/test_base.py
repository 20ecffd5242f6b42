# SPDX-License-Identifier: Apache-2.0
"""What drivers need to know of hosts."""

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler import aggregates, drivers
from tests import base
from tests.unit.scheduler import states

DEFAULT = {Fact.AGGREGATES, Fact.WORK}


class NeedsTest(base.TestCase):

    def needs(self, *, keys=(), **asked):
        snapshot = aggregates.Snapshot('v1', keys=frozenset(keys))
        return drivers.configured().needs_for(states.request(**asked), snapshot)

    def test_default_configuration_needs_work_and_aggregates(self):
        self.assertEqual(DEFAULT, self.needs())

    def test_request_decides_what_else(self):
        self.assertEqual(DEFAULT | {Fact.GROUP}, self.needs(hints={'group': ['g']}))
        self.assertEqual(DEFAULT | {Fact.DETAILS},
                         self.needs(extra_specs={'capabilities:host_ip': 'x'}))
        self.assertEqual(DEFAULT | {Fact.GUESTS},
                         self.needs(image_properties={'hw_architecture': 'x86_64'}))

    def test_multiplier_decides_what_weighers_need(self):
        self.override('filter_scheduler', io_ops_weight_multiplier=0.0,
                      num_instances_weight_multiplier=0.5)
        self.assertEqual({Fact.AGGREGATES, Fact.SERVERS}, self.needs())

    def test_multiplier_of_an_aggregate_counts_too(self):
        self.assertEqual(DEFAULT | {Fact.SERVERS},
                         self.needs(keys=['num_instances_weight_multiplier']))

    def test_chance_needs_nothing(self):
        self.override('scheduler', driver='chance_scheduler')
        self.assertEqual(set(), self.needs(hints={'group': ['g']}))
