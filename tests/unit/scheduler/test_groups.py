# SPDX-License-Identifier: Apache-2.0
"""What the policies of server groups say of hosts."""

from nova_lite.scheduler import groups
from tests import base
from tests.fixtures import database, placement, records
from tests.unit.scheduler import states

HOSTS = ('cmp1', 'cmp2', 'cmp3')


class PolicyTest(base.TestCase):

    def allowed(self, group):
        return [host for host in HOSTS if group.allows(host)]

    def test_affinity_follows_the_first_member(self):
        group = states.group('affinity')
        self.assertEqual(list(HOSTS), self.allowed(group))
        group.place('cmp2')
        self.assertEqual(['cmp2'], self.allowed(group))

    def test_anti_affinity_leaves_the_hosts_that_are_not_full(self):
        group = states.group('anti-affinity', 'cmp1')
        self.assertEqual(['cmp2', 'cmp3'], self.allowed(group))
        group = states.group('anti-affinity', 'cmp1', 'cmp1', 'cmp2', max_server_per_host=2)
        self.assertEqual(['cmp2', 'cmp3'], self.allowed(group))
        self.assertEqual({'cmp1'}, group.full_hosts)

    def test_soft_policies_forbid_nothing(self):
        for policy in ('soft-affinity', 'soft-anti-affinity'):
            group = states.group(policy, 'cmp1')
            self.assertEqual((list(HOSTS), False), (self.allowed(group), group.is_strict))

    def test_copy_counts_for_itself(self):
        group = states.group('anti-affinity', max_server_per_host=2)
        group.copy().place('cmp1')
        self.assertEqual(({}, 2), (dict(group.members), group.copy().max_server_per_host))


class ReadTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)

    def test_group_that_was_deleted_is_none(self):
        uuid = placement.server_group(self.context, 'affinity')
        self.assertEqual({}, dict(groups.read(self.context, uuid, ()).members))
        placement.leave_all(self.context, uuid)
        self.assertIsNone(groups.read(self.context, uuid, ()))
