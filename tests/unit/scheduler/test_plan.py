# SPDX-License-Identifier: Apache-2.0
"""Plans for several servers at once."""

import collections

from nova_lite.scheduler import drivers, filters, plan
from tests import base
from tests.unit.scheduler import states


class PlanTest(base.TestCase):

    def picks(self, hosts, count, **asked):
        self.plan = plan.picks_for(
            drivers.configured(), states.request(**asked), hosts, count)
        return ([host.host for host in self.plan.picks],
                [host.host for host in self.plan.ranked])

    def test_each_server_counts_for_the_next(self):
        hosts = [states.host('cmp1'), states.host('cmp2')]
        self.assertEqual(['cmp1', 'cmp2', 'cmp1'], self.picks(hosts, 3)[0])

    def test_full_host_is_given_up(self):
        small = {'MEMORY_MB': (1024, 1024, 0)}
        hosts = [states.host('cmp1', rooms=small), states.host('cmp2')]
        self.assertEqual(['cmp2', 'cmp2', 'cmp2', 'cmp2', 'cmp1'],
                         sorted(self.picks(hosts, 5)[0], reverse=True))

    def test_plan_ends_where_room_ends(self):
        hosts = [states.host('cmp1', rooms={'MEMORY_MB': (2048, 2048, 0)})]
        self.assertEqual(['cmp1', 'cmp1'], self.picks(hosts, 9)[0])

    def test_no_host_gives_no_plan(self):
        self.assertEqual(([], []), self.picks([], 1))

    def test_reason_tells_what_the_pick_has_over_the_next_best(self):
        self.picks([states.host('cmp1', rooms={'MEMORY_MB': (8192, 8192, 4096)}),
                    states.host('cmp2'), states.host('cmp3', io_ops=2)], 1)
        self.assertEqual([{
            'next': ['cmp1', 'cmp1'], 'weight': 1.0, 'next_weight': 0.0,
            'shares': {'RAMWeigher': [1.0, 0.0], 'IoOpsWeigher': [0.0, 0.0]}}],
            self.plan.reasons)

    def test_only_host_needs_no_reason(self):
        self.picks([states.host('cmp1')], 2)
        self.assertEqual([{}, {}], self.plan.reasons)

    def test_driver_that_weighs_nothing_tells_only_the_next(self):
        self.override('scheduler', driver='chance_scheduler')
        ((first,), _ranked) = self.picks([states.host('cmp1'), states.host('cmp2')], 1)
        (other,) = {'cmp1', 'cmp2'} - {first}
        self.assertEqual([{'next': [other, other]}], self.plan.reasons)

    def test_first_cause_of_each_host_that_does_not_pass_is_counted(self):
        causes = collections.Counter()
        hosts = [states.host('cmp1'), states.host('cmp2', disabled=True),
                 states.host('cmp3', disabled=True, rooms={'MEMORY_MB': (1, 1, 1)})]
        found = plan.passing(filters.enabled(), states.request(), hosts, causes)
        self.assertEqual((hosts[:1], {'disabled': 2}), (found, dict(causes)))

    def test_alternates_are_the_next_best_without_the_pick(self):
        hosts = [states.host(f'cmp{number}') for number in range(4)]
        self.assertEqual([['cmp0', 'cmp0'], ['cmp2', 'cmp2']],
                         plan.alternates_for(hosts[1], hosts, 2))
        self.assertEqual([], plan.alternates_for(hosts[0], hosts[:1], 2))
