# SPDX-License-Identifier: Apache-2.0
from nova_lite import keypairs
from nova_lite.api.openstack.microversions import Feature
from tests.unit import test_keypairs
from tests.unit.api.openstack import case


class KeypairsTestCase(case.ApiTestCase):

    def make(self, name='laptop', client=None, **options):
        """Import a key; answer the answer."""
        body = {'name': name, 'public_key': test_keypairs.ED25519, **options.pop('body', {})}
        return (client or self.api).post('/os-keypairs', {'keypair': body}, **options)

    def names(self, query='', client=None, **options):
        answer = (client or self.api).get(f'/os-keypairs{query}', **options)
        return [each['keypair']['name'] for each in answer.json['keypairs']]


class CreateTest(KeypairsTestCase):

    def test_imported_key_is_answered_with_its_fingerprint(self):
        keypair = self.make().json['keypair']
        self.assertEqual({
            'name': 'laptop', 'user_id': 'fred', 'public_key': test_keypairs.ED25519,
            'fingerprint': '0f:a2:0a:d7:38:3e:65:45:08:6b:63:84:1c:ff:dc:ba'}, keypair)

    def test_code_and_type_of_each_version(self):
        for minor in (1, 2, 10, 35, 91, 92, 104):
            answer = self.make(f'key {minor}', version=f'2.{minor}')
            typed = minor >= Feature.KEYPAIR_TYPE
            self.assertEqual(201 if typed else 200, answer.status)
            self.assertEqual('ssh' if typed else None, answer.json['keypair'].get('type'))

    def test_keys_were_generated_until_2_92(self):
        body = {'keypair': {'name': 'new'}}
        keypair = self.api.post('/os-keypairs', body, version='2.91').json['keypair']
        self.assertIn('PRIVATE KEY', keypair['private_key'])
        self.assertEqual(keypairs.fingerprint_of('ssh', keypair['public_key']),
                         keypair['fingerprint'])
        with self.api.refused(400):
            self.api.post('/os-keypairs', body, version='2.92')

    def test_private_key_is_not_kept(self):
        self.api.post('/os-keypairs', {'keypair': {'name': 'new'}})
        self.assertNotIn('private_key', self.api.get('/os-keypairs/new').json['keypair'])

    def test_certificates_came_with_2_2(self):
        body = {'keypair': {'name': 'windows', 'type': 'x509'}}
        with self.api.refused(400):
            self.api.post('/os-keypairs', body, version='2.1')
        made = self.api.post('/os-keypairs', body, version='2.2').json['keypair']
        again = {'keypair': {'name': 'again', 'type': 'x509', 'public_key': made['public_key']}}
        imported = self.api.post('/os-keypairs', again, version='2.92').json['keypair']
        self.assertEqual(made['fingerprint'], imported['fingerprint'])
        with self.api.refused(400):
            self.make(body={'type': 'x509'}, version='2.2')

    def test_at_and_dot_in_names_came_with_2_92(self):
        for name in ('fred@home', 'key.pub'):
            with self.api.refused(400):
                self.make(name, version='2.91')
            self.make(name, version='2.92')
            self.assertEqual(name, self.api.get(f'/os-keypairs/{name}').json['keypair']['name'])

    def test_other_names_are_refused(self):
        for name in ('', ' x', 'x ', 'a/b', 'ü', 'x' * 256, 7, None):
            for version in ('2.1', '2.92'):
                with self.subTest(name=name, version=version), self.api.refused(400):
                    self.make(name, version=version)

    def test_legacy_api_cuts_off_spaces_around_names(self):
        made = self.api.post('/v2/os-keypairs', {'keypair': {'name': ' desk '}})
        self.assertEqual('desk', made.json['keypair']['name'])
        answer = self.api.send('POST', '/v2/os-keypairs', {'keypair': {'name': ' '}})
        self.assertEqual(400, answer.status)

    def test_name_is_taken_once_per_user(self):
        self.make()
        with self.api.refused(409) as refused:
            self.make()
        self.assertEqual("Key pair 'laptop' already exists.", refused[0].message)
        self.make(client=self.stranger)

    def test_key_that_is_none_is_refused(self):
        with self.api.refused(400) as refused:
            self.make(body={'public_key': 'ssh-rsa AAAA'})
        self.assertEqual('Keypair data is invalid: failed to generate fingerprint',
                         refused[0].message)

    def test_quota_is_kept(self):
        self.override('quota', key_pairs=1)
        self.make('one')
        with self.api.refused(403):
            self.make('two')
        self.assertEqual(['one'], self.names())
        self.override('quota', key_pairs=-1)
        self.make('two')


class ShowTest(KeypairsTestCase):

    def test_fields_of_each_version(self):
        self.make()
        for minor in range(1, 105):
            keypair = self.api.get('/os-keypairs/laptop', version=f'2.{minor}').json['keypair']
            expected = {'name', 'public_key', 'fingerprint', 'user_id', 'id', 'created_at',
                        'updated_at', 'deleted', 'deleted_at'}
            if minor >= Feature.KEYPAIR_TYPE:
                expected.add('type')
            self.assertEqual(expected, set(keypair), minor)

    def test_key_that_is_not_there_is_not_found(self):
        with self.api.refused(404) as refused:
            self.api.get('/os-keypairs/lost')
        self.assertEqual('Keypair lost not found for user fred', refused[0].message)

    def test_delete_answers_202_then_204(self):
        for version, status in (('2.1', 202), ('2.2', 204)):
            self.make()
            self.assertEqual(
                status, self.api.delete('/os-keypairs/laptop', version=version).status)
            with self.api.refused(404):
                self.api.delete('/os-keypairs/laptop', version=version)

    def test_keys_belong_to_the_user_in_every_project(self):
        self.make()
        self.assertEqual(['laptop'], self.names(client=self.api.as_user('fred', 'other')))


class ListTest(KeypairsTestCase):

    def test_pages_came_with_2_35(self):
        for name in 'cab':
            self.make(name)
        self.assertEqual(['a', 'b', 'c'], self.names('?limit=1', version='2.34'))
        first = self.api.get('/os-keypairs?limit=2', version='2.35').json
        link = first['keypairs_links'][0]['href']
        rest = self.api.get(link[link.index('/v2.1'):], version='2.35').json
        self.assertEqual(['a', 'b'], [each['keypair']['name'] for each in first['keypairs']])
        self.assertEqual(['c'], [each['keypair']['name'] for each in rest['keypairs']])
        with self.api.refused(400):
            self.api.get('/os-keypairs?marker=lost', version='2.35')

    def test_unknown_parameters_are_refused_since_2_75(self):
        self.make()
        for path in ('/os-keypairs', '/os-keypairs/laptop'):
            self.api.get(f'{path}?colour=red', version='2.74')
            with self.api.refused(400):
                self.api.get(f'{path}?colour=red', version='2.75')

    def test_lists_need_one_statement(self):
        self.make('a')
        self.make('b')
        with self.database.statements() as sent:
            self.names()
        self.assertEqual(1, len(sent))


class OtherUsersTest(KeypairsTestCase):

    def test_admins_may_name_a_user_since_2_10(self):
        self.make(client=self.admin, body={'user_id': 'fred'}, version='2.10')
        query = '?user_id=fred'
        self.assertEqual([], self.names(query, self.admin, version='2.9'))
        self.assertEqual(['laptop'], self.names(query, self.admin, version='2.10'))
        shown = self.admin.get(f'/os-keypairs/laptop{query}', version='2.10').json['keypair']
        self.assertEqual('fred', shown['user_id'])
        self.admin.delete(f'/os-keypairs/laptop{query}', version='2.10')
        self.assertEqual([], self.names())
        with self.api.refused(400):
            self.make(client=self.admin, body={'user_id': 'fred'}, version='2.9')

    def test_others_may_name_themselves_only(self):
        self.make()
        self.assertEqual(['laptop'], self.names('?user_id=fred', version='2.10'))
        for method, path in (('GET', '/os-keypairs'), ('GET', '/os-keypairs/laptop'),
                             ('DELETE', '/os-keypairs/laptop')):
            answer = self.stranger.send(method, f'{path}?user_id=fred', version='2.10')
            self.assertEqual((403, 'forbidden'), (answer.status, answer.fault))
        with self.api.refused(403):
            self.make(client=self.stranger, body={'user_id': 'fred'}, version='2.10')

    def test_what_is_another_users_is_not_there(self):
        self.make()
        self.assertEqual([], self.names(client=self.stranger))
        for method in ('GET', 'DELETE'):
            answer = self.stranger.send(method, '/os-keypairs/laptop')
            self.assertEqual((404, 'itemNotFound'), (answer.status, answer.fault))
