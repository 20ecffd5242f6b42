# SPDX-License-Identifier: Apache-2.0
from tests.fixtures import migrations
from tests.unit.api.openstack import case

ALWAYS = {'id', 'instance_uuid', 'status', 'source_compute', 'source_node', 'dest_compute',
          'dest_node', 'dest_host', 'old_instance_type_id', 'new_instance_type_id', 'created_at',
          'updated_at'}


class MigrationsTest(case.ApiTestCase):

    def list(self, query='', version='2.104', client=None):
        return (client or self.admin).get(f'/os-migrations{query}', version=version).json

    def ids(self, query='', version='2.104', client=None):
        return [row['id'] for row in self.list(query, version, client)['migrations']]

    def test_without_migrations_the_list_is_empty(self):
        self.assertEqual({'migrations': []}, self.list())

    def test_fields_of_each_version(self):
        migrations.insert(1)
        for minor in range(1, 105):
            expected = set(ALWAYS)
            expected |= {'migration_type'} if minor >= 23 else set()
            expected |= {'uuid'} if minor >= 59 else set()
            expected |= {'user_id', 'project_id'} if minor >= 80 else set()
            (shown,) = self.list(version=f'2.{minor}')['migrations']
            self.assertEqual(expected, set(shown), minor)
        self.assertEqual(
            ('cmp1', 'cmp2', 'migration', 'fred', 'demo'), tuple(shown[name] for name in (
                'source_compute', 'dest_compute', 'migration_type', 'user_id', 'project_id')))
        self.assertEqual('2026-01-01T00:00:01.000000', shown['created_at'])

    def test_live_migration_that_goes_on_has_an_address(self):
        uuid = migrations.insert(1, migration_type='live-migration', status='running')
        migrations.insert(2, migration_type='live-migration', status='completed')
        done, running = self.list(version='2.23')['migrations']
        self.assertNotIn('links', done)
        self.assertEqual(['self', 'bookmark'], [link['rel'] for link in running['links']])
        self.assertTrue(running['links'][0]['href'].endswith(
            f'/v2.1/servers/{migrations.SERVER}/migrations/{running["id"]}'))
        self.assertEqual(uuid, self.list()['migrations'][1]['uuid'])

    def test_filters(self):
        migrations.insert(1, status='error')
        migrations.insert(2, migration_type='resize', source_compute='cmp3', user_id='ann')
        migrations.insert(3, hidden=True, project_id='other', instance_uuid=migrations.OTHER)
        for query, expected in (
                ('', [3, 2, 1]), ('?status=error', [1]), ('?migration_type=resize', [2]),
                ('?source_compute=cmp1', [3, 1]), ('?host=cmp2', [3, 2, 1]), ('?host=cmp3', [2]),
                ('?hidden=true', [3]), ('?hidden=0', [2, 1]), ('?user_id=ann', [2]),
                ('?project_id=other', [3]), (f'?instance_uuid={migrations.OTHER}', [3])):
            self.assertEqual(expected, self.ids(query), query)
        self.assertEqual([3, 2, 1], self.ids('?user_id=ann&colour=red', '2.58'))

    def test_names_that_a_version_does_not_know_are_refused_since_2_59(self):
        for query, version in (('user_id=ann', '2.79'), ('changes-before=2026-01-01', '2.65'),
                               ('colour=red', '2.59'), ('marker=x', '2.59'),
                               ('hidden=perhaps', '2.1'), ('limit=-1', '2.59')):
            with self.subTest(query=query), self.admin.refused(400):
                self.list(f'?{query}', version)

    def test_changes_of_a_period_are_listed(self):
        for number in (1, 2, 3):
            migrations.insert(number)
        self.assertEqual([3, 2], self.ids('?changes-since=2026-01-01T00:00:02Z', '2.59'))
        self.assertEqual([2, 1], self.ids('?changes-before=2026-01-01T00:00:02Z', '2.66'))
        with self.admin.refused(400):
            self.list('?changes-since=2026-01-02T00:00:00Z&changes-before=2026-01-01T00:00:00Z')

    def test_pages_came_with_2_59(self):
        for number in (1, 2, 3):
            migrations.insert(number)
        first = self.list('?limit=2', '2.59')
        link = first['migrations_links'][0]['href']
        rest = self.admin.get(link[link.index('/v2.1'):], version='2.59').json
        self.assertEqual([3, 2, 1], [row['id'] for row in (
            first['migrations'] + rest['migrations'])])
        self.assertNotIn('migrations_links', rest)
        self.assertEqual(3, len(self.ids('?limit=2', '2.58')))
        with self.admin.refused(400):
            self.list(f'?marker={migrations.OTHER}', '2.59')

    def test_managers_see_those_of_their_project_and_no_hosts(self):
        migrations.insert(1)
        strange = migrations.insert(2, project_id='other')
        self.give_roles('manager')
        (shown,) = self.list(client=self.api)['migrations']
        self.assertEqual((1, None, None, None), tuple(shown[name] for name in (
            'id', 'source_compute', 'dest_compute', 'dest_host')))
        self.assertEqual([], self.ids('?project_id=other', client=self.api))
        with self.api.refused(400):
            self.list(f'?marker={strange}', client=self.api)

    def test_members_see_none(self):
        for roles in (('member', 'reader'), ()):
            self.give_roles(*roles)
            self.assertEqual(403, self.api.send('GET', '/os-migrations').status)

    def test_number_of_statements_is_constant(self):
        migrations.insert(1)
        with self.database.statements() as few:
            self.list()
        for number in range(2, 9):
            migrations.insert(number)
        with self.database.statements() as many:
            self.list()
        self.assertEqual((1, 1), (len(few), len(many)))
