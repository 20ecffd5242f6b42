# SPDX-License-Identifier: Apache-2.0
"""Claims of members of server groups."""

from nova_lite import exception, objects
from nova_lite.db.stores import decisions, inventories
from nova_lite.db.stores import scheduling_facts as facts
from nova_lite.scheduler import claim
from tests import base
from tests.fixtures import database, placement, records

AMOUNTS = {'VCPU': 1, 'MEMORY_MB': 64}


class ClaimTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.incarnation = records.controller(self.context)
        for host in ('cmp1', 'cmp2'):
            records.compute_host(self.context, host)

    def server(self):
        """Record a build; answer the server and the lease."""
        (row,), number = records.servers(self.context)
        work = objects.Work.take(self.context, number, self.incarnation, None)
        return row['uuid'], claim.Lease(number, work.operation.lease)

    def take(self, lease, group, hosts):
        """Claim room on hosts as members of a group."""
        known = facts.group(self.context, group)
        rule = claim.GroupRule(group, known.id if known else 1, hosts)
        claims = [inventories.Claim(uuid, {'cmp1': 1, 'cmp2': 2}[host], AMOUNTS)
                  for uuid, host in hosts.items()]
        claim.take(self.context, lease, claims, replaced={}, group=rule, decision={
            'operation_id': lease.operation_id, 'project_id': 'demo', 'request': {},
            'considered': 2, 'causes': {}, 'selections': [], 'message': None})

    def used(self):
        return {node_id: classes['MEMORY_MB']['used'] for node_id, classes in
                inventories.of_nodes(self.context, [1, 2]).items()}

    def test_member_that_came_first_since_the_choice_keeps_the_next_away(self):
        (first, first_lease), (second, second_lease) = self.server(), self.server()
        group = placement.server_group(self.context, 'anti-affinity', [first, second])
        self.take(first_lease, group, {first: 'cmp1'})
        self.assertRaises(exception.ClaimRefused, self.take, second_lease, group,
                          {second: 'cmp1'})
        self.assertEqual({1: 64, 2: 0}, self.used())
        self.assertEqual([], decisions.of_operation(self.context, second_lease.operation_id))
        self.take(second_lease, group, {second: 'cmp2'})

    def test_member_that_came_first_elsewhere_draws_the_next(self):
        (first, first_lease), (second, second_lease) = self.server(), self.server()
        group = placement.server_group(self.context, 'affinity', [first, second])
        self.take(first_lease, group, {first: 'cmp1'})
        self.assertRaises(exception.ClaimRefused, self.take, second_lease, group,
                          {second: 'cmp2'})
        self.take(second_lease, group, {second: 'cmp1'})
        self.assertEqual({1: 128, 2: 0}, self.used())

    def test_servers_of_one_claim_are_held_against_each_other(self):
        (first, lease), (second, _lease) = self.server(), self.server()
        group = placement.server_group(self.context, 'anti-affinity', [first, second])
        self.assertRaises(exception.ClaimRefused, self.take, lease, group,
                          {first: 'cmp1', second: 'cmp1'})
        self.take(lease, group, {first: 'cmp1', second: 'cmp2'})

    def test_group_is_locked_before_room_is_taken_and_read_after_it(self):
        uuid, lease = self.server()
        group = placement.server_group(self.context, 'anti-affinity', [uuid])
        with self.database.statements() as sent:
            self.take(lease, group, {uuid: 'cmp1'})
        begins = [' '.join(text.split()[:3]) for text in sent[1:]]
        self.assertEqual(['UPDATE operations SET', 'UPDATE server_groups SET',
                          'INSERT INTO allocations', 'UPDATE inventories SET',
                          'SELECT compute_nodes.id FROM'], begins[:5])
        self.assertIn('FROM server_groups', sent[-2])

    def test_group_that_was_deleted_asks_for_nothing(self):
        uuid, lease = self.server()
        self.take(lease, 'g' * 36, {uuid: 'cmp1'})
        self.assertEqual(64, self.used()[1])
