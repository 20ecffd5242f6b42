# SPDX-License-Identifier: Apache-2.0
"""Hosts that have joined, in a database."""

from nova_lite import exception
from nova_lite.db.stores import hosts
from tests import base
from tests.fixtures import database, records


class HostsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller()

    def test_each_join_gives_a_newer_key(self):
        self.assertEqual([1, 2, 3], [hosts.join(self.context, 'node1') for _time in range(3)])
        self.assertEqual(1, hosts.join(self.context, 'node2'))
        self.assertEqual(3, hosts.generation(self.context, 'node1'))

    def test_unknown_host_has_no_key(self):
        self.assertIsNone(hosts.generation(self.context, 'node1'))
        self.assertEqual([], hosts.names(self.context))

    def test_revoked_host_has_no_key_and_stays_in_the_list(self):
        for name in ('node2', 'node1'):
            hosts.join(self.context, name)
        hosts.revoke(self.context, 'node1')
        self.assertIsNone(hosts.generation(self.context, 'node1'))
        self.assertEqual(1, hosts.generation(self.context, 'node2'))
        self.assertEqual(['node2'], hosts.names(self.context))
        self.assertEqual([('node1', True), ('node2', False)], [
            (row['name'], row['revoked']) for row in hosts.list_hosts(self.context)])

    def test_revoked_host_that_joins_again_has_another_key(self):
        hosts.join(self.context, 'node1')
        hosts.revoke(self.context, 'node1')
        self.assertEqual(2, hosts.join(self.context, 'node1'))
        self.assertEqual(2, hosts.generation(self.context, 'node1'))

    def test_host_that_never_joined_can_not_be_revoked(self):
        self.assertRaises(exception.ComputeHostNotFound, hosts.revoke, self.context, 'node1')
