# SPDX-License-Identifier: Apache-2.0
"""Tests of the API of server groups: forms, versions, projects, members."""

from oslo_utils import uuidutils

from tests.fixtures import records
from tests.unit.api.openstack import case

LOST = '00000000-0000-4000-8000-000000000000'


class GroupsTestCase(case.ApiTestCase):

    def create(self, name='web', version='2.64', client=None, **fields):
        if 'policies' not in fields:
            fields.setdefault('policy', 'anti-affinity')
        return (client or self.api).post(
            '/os-server-groups', {'server_group': {'name': name, **fields}},
            version=version).json['server_group']

    def listed(self, query='', client=None, version='2.64'):
        return (client or self.api).get(
            f'/os-server-groups{query}', version=version).json['server_groups']

    def names(self, query='', client=None):
        return [group['name'] for group in self.listed(query, client)]

    def show(self, group, version='2.64', client=None):
        return (client or self.api).get(
            f'/os-server-groups/{group["id"]}', version=version).json['server_group']


class FormTest(GroupsTestCase):

    def test_fields_of_each_version(self):
        self.override('quota', server_groups=-1)
        for minor in range(1, 105):
            version = f'2.{minor}'
            asked = {'policies': ['affinity']} if minor < 64 else {'policy': 'affinity'}
            made = self.create(version=version, **asked)
            fields = {'id', 'name', 'members'}
            fields |= {'policies', 'metadata'} if minor < 64 else {'policy', 'rules'}
            fields |= {'project_id', 'user_id'} if minor >= 13 else set()
            self.assertEqual(fields, set(made), minor)
            self.assertEqual(made, self.show(made, version))
            self.assertIn(made, self.listed(version=version))

    def test_policy_is_a_list_of_one_until_2_63(self):
        made = self.create(version='2.63', policies=['soft-affinity'])
        self.assertEqual((['soft-affinity'], {}), (made['policies'], made['metadata']))
        self.assertEqual(('soft-affinity', {}), (
            self.show(made)['policy'], self.show(made)['rules']))

    def test_soft_policies_came_with_2_15(self):
        for policy in ('soft-affinity', 'soft-anti-affinity'):
            with self.api.refused(400):
                self.create(version='2.14', policies=[policy])
            self.create(version='2.15', policies=[policy])

    def test_rules_of_anti_affinity_are_numbers_however_they_are_written(self):
        for number in (2, '2'):
            made = self.create(rules={'max_server_per_host': number})
            self.assertEqual({'max_server_per_host': 2}, made['rules'])
        self.assertEqual({}, self.create(rules={})['rules'])

    def test_rules_of_other_policies_are_refused(self):
        for policy in ('affinity', 'soft-affinity', 'soft-anti-affinity'):
            with self.api.refused(400) as refused:
                self.create(policy=policy, rules={'max_server_per_host': 2})
            self.assertEqual('Only anti-affinity policy supports rules.', refused[0].message)

    def test_bodies_that_can_not_be_meant_are_refused(self):
        for version, fields in (
                ('2.1', {'policies': []}), ('2.1', {'policies': ['affinity', 'anti-affinity']}),
                ('2.1', {'policies': ['affinity', 'affinity']}), ('2.1', {'policies': ['x']}),
                ('2.1', {'policy': 'affinity'}), ('2.63', {'policy': 'affinity'}),
                ('2.64', {'policies': ['affinity']}), ('2.64', {'policy': 'x'}),
                ('2.64', {'rules': {'max_server_per_host': 0}}),
                ('2.64', {'rules': {'max_server_per_host': '0'}}),
                ('2.64', {'rules': {'max_server_per_host': -1}}),
                ('2.64', {'rules': {'max_server_per_host': 1.5}}),
                ('2.64', {'rules': {'colour': 'red'}}), ('2.64', {'colour': 'red'}),
                ('2.64', {'name': ' web '}), ('2.64', {'name': ''})):
            with self.subTest(version=version, fields=fields), self.api.refused(400):
                self.create(version=version, **fields)

    def test_unknown_parameters_are_refused_since_2_75(self):
        self.listed('?colour=red', version='2.74')
        for query in ('?colour=red', '?limit=-1', '?offset=x'):
            with self.api.refused(400):
                self.listed(query, version='2.75')


class ListTest(GroupsTestCase):

    def test_pages_follow_each_other(self):
        for name in 'abcde':
            self.create(name)
        self.assertEqual([['a', 'b'], ['c', 'd'], ['e'], [], ['b', 'c', 'd', 'e']], [
            self.names(query) for query in (
                '?limit=2', '?limit=2&offset=2', '?limit=2&offset=4', '?offset=9', '?offset=1')])
        self.override('api', max_limit=3)
        self.assertEqual((3, 3), (len(self.names()), len(self.names('?limit=5'))))

    def test_limit_of_zero_is_none(self):
        for name in 'abc':
            self.create(name)
        self.assertEqual(['b', 'c'], self.names('?limit=0&offset=1'))

    def test_numbers_may_be_larger_than_any_list(self):
        self.create('a')
        most = '9' * 40
        self.assertEqual((['a'], []), (
            self.names(f'?limit={most}'), self.names(f'?offset={most}')))

    def test_projects_see_their_own_and_admins_all_if_they_ask(self):
        self.create('a')
        self.create('b', client=self.stranger)
        self.assertEqual((['a'], ['a'], ['b']), (
            self.names(), self.names('?all_projects=1'), self.names(client=self.stranger)))
        operator = self.api.as_user('admin', 'ops')
        self.assertEqual(([], ['a', 'b']), (
            self.names(client=operator), self.names('?all_projects', operator)))


class ProjectTest(GroupsTestCase):

    def test_group_of_another_project_is_not_there(self):
        made = self.create()
        for method in ('GET', 'DELETE'):
            answer = self.stranger.send(method, f'/os-server-groups/{made["id"]}')
            self.assertEqual((404, 'itemNotFound'), (answer.status, answer.fault))
        self.assertEqual(made, self.show(made))

    def test_admin_sees_and_deletes_a_group_of_any_project(self):
        made = self.create()
        operator = self.api.as_user('admin', 'ops')
        self.assertEqual('demo', self.show(made, client=operator)['project_id'])
        operator.delete(f'/os-server-groups/{made["id"]}')
        self.assertEqual([], self.names())

    def test_deleted_group_is_gone(self):
        made = self.create()
        self.assertEqual(204, self.api.delete(f'/os-server-groups/{made["id"]}').status)
        for path in (made['id'], LOST, 'x'):
            self.assertEqual(404, self.api.send('GET', f'/os-server-groups/{path}').status)
            self.assertEqual(404, self.api.send('DELETE', f'/os-server-groups/{path}').status)

    def test_readers_look_and_change_nothing(self):
        made = self.create()
        self.give_roles('reader')
        self.show(made)
        self.assertEqual(['web'], self.names())
        with self.api.refused(403):
            self.create()
        with self.api.refused(403):
            self.api.delete(f'/os-server-groups/{made["id"]}')


class MembersTest(GroupsTestCase):

    def setUp(self):
        super().setUp()
        self.make_flavor()
        self.offer_image()
        self.group = self.create()

    def boot(self, group, client=None, hints='os:scheduler_hints', **fields):
        return (client or self.api).post('/servers', {
            'server': {'name': 'db', 'imageRef': records.IMAGE_ID, 'flavorRef': 'small', **fields},
            hints: {'group': group}}).json['server']['id']

    def test_servers_are_members_from_their_request_on(self):
        made = [self.boot(self.group['id']),
                self.boot(self.group['id'], hints='OS-SCH-HNT:scheduler_hints')]
        self.assertEqual(made, self.show(self.group)['members'])
        self.assertEqual([made], [group['members'] for group in self.listed()])

    def test_server_shows_its_group_when_shown_alone(self):
        uuid = self.boot(self.group['id'])
        plain = self.make_server()['uuid']
        shown = self.api.get(f'/servers/{uuid}', version='2.71').json['server']
        changed = self.api.put(f'/servers/{uuid}', {'server': {}}, version='2.71').json['server']
        other = self.api.get(f'/servers/{plain}', version='2.71').json['server']
        self.assertEqual(([self.group['id']], [self.group['id']], []), (
            shown['server_groups'], changed['server_groups'], other['server_groups']))
        for server in self.api.get('/servers/detail', version='2.71').json['servers']:
            self.assertNotIn('server_groups', server)

    def test_group_costs_the_show_of_a_server_no_statement(self):
        uuid = self.boot(self.group['id'])
        sizes = []
        for version in ('2.70', '2.71'):
            with self.database.statements() as sent:
                self.api.get(f'/servers/{uuid}', version=version)
            sizes.append(len(sent))
        self.assertEqual(sizes[0], sizes[1])

    def test_server_of_a_deleted_group_shows_none(self):
        uuid = self.boot(self.group['id'])
        self.api.delete(f'/os-server-groups/{self.group["id"]}')
        shown = self.api.get(f'/servers/{uuid}', version='2.71').json['server']
        self.assertEqual([], shown['server_groups'])

    def test_group_that_the_project_does_not_have_makes_the_request_wrong(self):
        for client, group in ((self.api, uuidutils.generate_uuid()),
                              (self.stranger, self.group['id']),
                              (self.api.as_user('admin', 'ops'), self.group['id']),
                              (self.api, 'no-uuid')):
            with self.subTest(group=group), client.refused(400) as refused:
                self.boot(group, client)
            self.assertIn(group, refused[0].message)
        self.assertEqual([], self.show(self.group)['members'])
