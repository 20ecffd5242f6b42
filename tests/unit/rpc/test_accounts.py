# SPDX-License-Identifier: Apache-2.0
"""The rights of a host's broker account, as patterns; tests/live asks a real broker."""

import re

from nova_lite import exception
from nova_lite.rpc import accounts
from tests import base

OWN = ('nova_lite_v1.compute.node1', 'nova_lite_v1.compute.node1.:own',
       'nova_lite_v1.compute.node1_fanout',
       'nova_lite_v1.compute.node1_fanout_node1:nova-lite-compute:2',
       'reply_node1:nova-lite-compute:1')
OTHERS = ('nova_lite_v1.conductor', 'nova_lite_v1.compute.node10', 'nova_lite_v1.compute.node1.x',
          'nova_lite_v1.compute.node2', 'nova_lite_v1XcomputeXnode1', 'reply_node10:x:1',
          'reply_node1.x:y:1', 'amq.fanout', 'amq.rabbitmq.trace', 'x', '',
          'xnova_lite_v1.compute.node1', 'nova_lite_v1.conductor_fanout')


class PermissionsTestCase(base.TestCase):
    """Every name is the host's, or it is not."""

    def setUp(self):
        super().setUp()
        self.allowed = accounts.permissions_of('node1')

    def test_its_own_queues_and_nothing_else(self):
        for pattern in (self.allowed.configure, self.allowed.read, self.allowed.write):
            self.assertEqual([True] * len(OWN), [bool(re.search(pattern, name)) for name in OWN])
            self.assertEqual([], [name for name in OTHERS if re.search(pattern, name)])

    def test_the_shared_exchange_can_be_used_but_not_declared_or_deleted(self):
        self.assertIsNone(re.search(self.allowed.configure, 'amq.topic'))
        self.assertTrue(re.search(self.allowed.write, 'amq.topic'))

    def test_it_publishes_to_conductors_and_binds_its_own_keys(self):
        self.assertTrue(re.search(self.allowed.topic_write, 'nova_lite_v1.conductor'))
        for key in ('nova_lite_v1.scheduler', 'nova_lite_v1.conductor.ctl', OWN[0]):
            self.assertIsNone(re.search(self.allowed.topic_write, key))
        for key in ('#', 'nova_lite_v1.#', 'nova_lite_v1.conductor', OTHERS[1]):
            self.assertIsNone(re.search(self.allowed.topic_read, key))
        self.assertTrue(re.search(self.allowed.topic_read, OWN[0]))

    def test_names_that_could_be_part_of_anothers_queue_are_refused(self):
        for name in ('', 'a_fanout', 'a:b', 'a/b', 'a b', '-a', 'a.', 'a' * 64, '*', '#'):
            self.assertRaises(exception.HostNameInvalid, accounts.check_name, name)
        for name in ('a', 'node-1', 'node1.rack2.example', 'a' * 63):
            accounts.check_name(name)


class AddTestCase(base.TestCase):
    """What rabbitmqctl is told."""

    def setUp(self):
        super().setUp()
        self.told = []
        self.refused = ()
        self.patch(accounts, '_run', self.run_command)

    def run_command(self, *command, stdin=None):
        self.told.append((command[0], stdin))
        if command[0] in self.refused:
            raise exception.BrokerCommandFailed(command=command[0], reason='refused')

    def test_a_new_account_is_made_and_an_old_one_gets_another_password(self):
        accounts.add('node1', 'vhost', 'secret')
        rights = [('set_permissions', None), ('set_topic_permissions', None)]
        self.assertEqual([('add_user', 'secret\n'), *rights], self.told)
        self.told, self.refused = [], ('add_user',)
        accounts.add('node1', 'vhost', 'secret')
        self.assertEqual(
            [('add_user', 'secret\n'), ('change_password', 'secret\n'), *rights], self.told)

    def test_an_account_that_can_not_be_made_gets_no_rights(self):
        self.refused = ('add_user', 'change_password')
        self.assertRaises(exception.BrokerCommandFailed, accounts.add, 'node1', 'vhost', 'secret')
        self.assertEqual(['add_user', 'change_password'], [name for name, _stdin in self.told])
