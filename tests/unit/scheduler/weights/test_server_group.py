# SPDX-License-Identifier: Apache-2.0
"""Weights of soft policies."""

from nova_lite.scheduler.weights import server_group
from tests import base
from tests.unit.scheduler import states

HOST = states.host('cmp1')


def member(policy, *hosts):
    return states.request(hints={'group': ['g' * 36]}, group=states.group(policy, *hosts))


class ServerGroupWeigherTest(base.TestCase):

    def test_affinity_likes_hosts_with_many_members(self):
        weigher = server_group.ServerGroupSoftAffinityWeigher()
        request = member('soft-affinity', 'cmp1', 'cmp1', 'cmp2')
        self.assertEqual([2, 1, 0], [weigher.figure(request, states.host(name))
                                     for name in ('cmp1', 'cmp2', 'cmp3')])

    def test_anti_affinity_likes_hosts_with_few_members(self):
        weigher = server_group.ServerGroupSoftAntiAffinityWeigher()
        request = member('soft-anti-affinity', 'cmp1', 'cmp1')
        self.assertEqual(-2, weigher.figure(request, HOST))

    def test_each_weighs_only_for_its_policy(self):
        for weigher, policy in ((server_group.ServerGroupSoftAffinityWeigher(), 'soft-affinity'),
                                (server_group.ServerGroupSoftAntiAffinityWeigher(),
                                 'soft-anti-affinity')):
            for other in ('affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity'):
                self.assertEqual(policy == other, weigher.concerns(member(other)))
            self.assertFalse(weigher.concerns(states.request()))

    def test_group_that_was_deleted_weighs_nothing(self):
        request = states.request(hints={'group': ['g' * 36]})
        self.assertEqual(0, server_group.ServerGroupSoftAffinityWeigher().figure(request, HOST))
