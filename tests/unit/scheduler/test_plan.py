# SPDX-License-Identifier: Apache-2.0
"""Plans for several servers at once."""

from nova_lite.scheduler import drivers, plan
from tests import base
from tests.unit.scheduler import states


class PlanTest(base.TestCase):

    def picks(self, hosts, count, **asked):
        picks, ranked = plan.picks_for(
            drivers.configured(), states.request(**asked), hosts, count)
        return [host.host for host in picks], [host.host for host in ranked]

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

    def test_alternates_are_the_next_best_without_the_pick(self):
        hosts = [states.host(f'cmp{number}') for number in range(4)]
        self.assertEqual([['cmp0', 'cmp0'], ['cmp2', 'cmp2']],
                         plan.alternates_for(hosts[1], hosts, 2))
        self.assertEqual([], plan.alternates_for(hosts[0], hosts[:1], 2))
