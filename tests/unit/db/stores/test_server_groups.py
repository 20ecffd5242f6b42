# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/server_groups.py: whose they are, who is in them."""

from oslo_utils import uuidutils

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import server_groups
from nova_lite.objects import base as objects_base
from tests import base
from tests.fixtures import database, records


class ServerGroupsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.context = records.caller()
        self.stranger = records.caller('mallory', 'other')
        self.admin = records.caller('root', 'ops', is_admin=True)

    def create(self, name='web', context=None, policy='affinity', rules=None):
        return server_groups.create(
            context or self.context, name=name, policy=policy, rules=rules or {})

    def server_in(self, group):
        (row,), _operation = records.servers(
            self.context, scheduler_hints={'group': group['uuid']})
        return row['uuid']

    def members(self, group):
        return server_groups.get(self.context, group['uuid'])['members']

    def names(self, context, **paging):
        return [row['name'] for row in server_groups.list_groups(context, **paging)]

    def test_group_is_read_as_it_was_made(self):
        made = self.create(policy='anti-affinity', rules={'max_server_per_host': 3})
        self.assertEqual(('web', 'anti-affinity', {'max_server_per_host': 3}, 'demo', 'fred', []), (
            made['name'], made['policy'], made['rules'], made['project_id'], made['user_id'],
            made['members']))
        self.assertEqual(made, server_groups.get(self.admin, made['uuid']))

    def test_group_of_another_project_is_not_there(self):
        made = self.create()
        self.assertRaises(exception.ServerGroupNotFound, server_groups.get, self.stranger,
                          made['uuid'])
        self.assertEqual([], self.names(self.stranger))

    def test_lists_show_the_own_project_unless_all_are_asked_for(self):
        self.create('a')
        self.create('b', self.stranger)
        self.assertEqual((['a'], [], ['a', 'b']), (
            self.names(self.context), self.names(self.admin),
            self.names(self.admin, all_projects=True)))

    def test_pages_follow_each_other(self):
        for name in 'abcde':
            self.create(name)
        self.assertEqual((['a', 'b'], ['c', 'd'], ['e'], []), tuple(
            self.names(self.context, limit=2, offset=offset) for offset in (0, 2, 4, 6)))

    def test_members_are_the_servers_that_live(self):
        group = self.create()
        first, second = self.server_in(group), self.server_in(group)
        self.assertEqual([first, second], self.members(group))
        instances = objects_base.store('instances').instances
        with engine.writer() as connection:
            connection.execute(instances.update().where(
                instances.c.uuid == first).values(deleted=True))
        self.assertEqual([second], self.members(group))

    def test_list_costs_two_statements_however_many_groups_and_members(self):
        for name in 'abc':
            group = self.create(name)
            self.server_in(group)
            self.server_in(group)
        with self.database.statements() as sent:
            self.assertEqual([2, 2, 2], [
                len(row['members']) for row in server_groups.list_groups(self.context)])
        self.assertEqual(2, len(sent))

    def test_deleted_group_leaves_its_members_alone(self):
        group = self.create()
        uuid = self.server_in(group)
        server_groups.delete(self.context, group['uuid'])
        self.assertRaises(exception.ServerGroupNotFound, server_groups.delete, self.context,
                          group['uuid'])
        self.assertEqual(uuid, objects_base.store('instances').get_by_uuid(
            self.context, uuid)['uuid'])

    def test_only_a_group_of_the_own_project_can_be_joined(self):
        group = self.create()
        self.assertEqual(group['id'], server_groups.id_of(self.context, group['uuid']))
        for context, uuid in ((self.stranger, group['uuid']), (self.admin, group['uuid']),
                              (self.context, uuidutils.generate_uuid())):
            self.assertRaises(exception.ServerGroupNotFound, server_groups.id_of, context, uuid)

    def test_group_that_was_deleted_meanwhile_is_not_joined(self):
        (row,), _operation = records.servers(self.context)
        self.assertRaises(exception.ServerGroupNotFound, server_groups.add_members, self.context,
                          4711, [row['uuid']])
