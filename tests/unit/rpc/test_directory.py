# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/rpc/directory.py: a revoked host is refused soon."""

from nova_lite import exception
from nova_lite.db.stores import hosts
from nova_lite.rpc import directory
from tests import base
from tests.fixtures import database, records


class HostDirectoryTest(base.TestCase):
    """A controller that believes an answer for 10 seconds of the test's clock."""

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.now = 0
        self.directory = directory.HostDirectory(lifetime=10, clock=lambda: self.now)
        hosts.join(self.context, 'cmp1')

    def test_messages_of_a_host_cost_no_statement_each(self):
        self.assertEqual(1, self.directory.generation('cmp1'))
        with self.database.statements() as sent:
            self.assertEqual(1, self.directory.generation('cmp1'))
        self.assertEqual([], sent)

    def test_revoked_host_is_refused_when_the_answer_is_too_old(self):
        self.directory.generation('cmp1')
        hosts.revoke(self.context, 'cmp1')
        self.now = 11
        self.assertRaises(exception.MessageRefused, self.directory.generation, 'cmp1')

    def test_host_that_joined_again_has_its_new_key(self):
        self.directory.generation('cmp1')
        hosts.join(self.context, 'cmp1')
        self.now = 11
        self.assertEqual(2, self.directory.generation('cmp1'))

    def test_unknown_host_is_refused_until_it_joins(self):
        self.assertRaises(exception.MessageRefused, self.directory.generation, 'cmp2')
        hosts.join(self.context, 'cmp2')
        self.now = 11
        self.assertEqual(1, self.directory.generation('cmp2'))

    def test_names_are_those_of_hosts_that_are_believed(self):
        hosts.join(self.context, 'cmp2')
        hosts.revoke(self.context, 'cmp1')
        self.assertEqual(['cmp2'], list(self.directory.names()))
