# SPDX-License-Identifier: Apache-2.0
"""Quotas over HTTP and through all daemons: what is refused, and what makes room again."""

import base64

from nova_lite.db.stores import flavors
from tests import base
from tests.functional import api_client, world
from tests.unit import test_keypairs

BODY = {'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'none'}


class QuotasTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World())
        self.admin = self.useFixture(api_client.ApiClient('admin', 'ops'))
        self.api = self.admin.as_user('fred', 'demo')
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 2, 'root_gb': 1})

    def limit(self, project='demo', user=None, **limits):
        query = f'?user_id={user}' if user else ''
        self.admin.put(f'/os-quota-sets/{project}{query}', {'quota_set': limits})

    def boot(self, client=None, version='2.37', **changes):
        body = {**BODY, **changes}
        if version == '2.1':
            del body['networks']
        (client or self.api).post('/servers', {'server': body}, version=version)

    def refused(self, **arguments):
        """Answer what a create request is told that is over the quota."""
        with (arguments.get('client') or self.api).refused(403) as refused:
            self.boot(**arguments)
        self.assertEqual('forbidden', refused[0].fault)
        return refused[0].message

    def servers(self, client=None):
        return [server['id'] for server in (client or self.api).get('/servers').json['servers']]

    def used(self, project='demo'):
        found = self.admin.get(f'/limits?tenant_id={project}').json['limits']['absolute']
        return found['totalInstancesUsed'], found['totalCoresUsed'], found['totalRAMUsed']

    def test_server_too_many_is_refused_until_another_is_deleted(self):
        self.limit(cores=4)
        self.boot(min_count=2, max_count=2)
        self.assertEqual(
            'Quota exceeded for cores: Requested 2, but already used 4 of 4 cores', self.refused())
        self.world.run()
        self.api.delete(f'/servers/{self.servers()[0]}')
        self.world.run()
        self.boot()
        self.world.run()
        self.assertEqual((2, 4, 128), self.used())

    def test_server_that_could_not_be_built_counts_until_it_is_deleted(self):
        self.limit(instances=1)
        self.world.kill_host('cmp1')
        self.world.pass_time(world.TIME_TO_LIVE * 10)
        self.boot()
        self.world.run()
        server = self.api.get(f'/servers/{self.servers()[0]}').json['server']
        self.assertEqual('ERROR', server['status'])
        self.refused()
        self.api.delete(f'/servers/{server["id"]}')
        self.world.run()
        self.boot()

    def test_refused_request_costs_nobody_anything(self):
        self.limit(instances=1)
        self.refused(min_count=2, max_count=3)
        self.assertEqual(([], (0, 0, 0), []), (
            self.servers(), self.used(), self.world.unfinished()))

    def test_as_many_as_fit_are_built(self):
        self.limit(instances=3)
        self.boot(min_count=1, max_count=9)
        self.world.run()
        names = {server['name']: server['status']
                 for server in self.api.get('/servers/detail').json['servers']}
        self.assertEqual(dict.fromkeys(('web-1', 'web-2', 'web-3'), 'ACTIVE'), names)

    def test_projects_and_users_have_limits_of_their_own(self):
        self.limit(instances=3)
        self.limit(user='fred', instances=1)
        wilma, stranger = self.api.as_user('wilma'), self.api.as_user('mallory', 'other')
        self.boot()
        self.assertIn('already used 1 of 1 instances', self.refused())
        self.boot(wilma, min_count=2, max_count=2)
        self.assertIn('already used 3 of 3 instances', self.refused(client=wilma))
        self.boot(stranger, min_count=10, max_count=10)
        self.assertEqual(((3, 6, 192), (10, 20, 640)), (self.used(), self.used('other')))

    def test_changed_limit_holds_at_once(self):
        for limit in (0, 1):
            self.limit(instances=limit)
            if not limit:
                self.refused()
        self.boot()
        self.admin.put('/os-quota-class-sets/default', {'quota_class_set': {'instances': 0}})
        self.refused()
        self.admin.delete('/os-quota-sets/demo')
        self.assertIn('of 0 instances', self.refused())

    def test_without_quotas_nothing_is_limited(self):
        self.override('quota', driver='nova.quota.NoopQuotaDriver')
        self.limit(instances=0, key_pairs=0)
        self.boot(min_count=12, max_count=12)
        self.add_key_pair('one')
        self.assertEqual(-1, self.api.get('/os-quota-sets/demo').json['quota_set']['instances'])

    def add_key_pair(self, name, client=None):
        (client or self.api).post('/os-keypairs', {'keypair': {
            'name': name, 'public_key': test_keypairs.ED25519}})

    def test_key_pairs_are_limited_by_user(self):
        self.limit(key_pairs=1)
        self.add_key_pair('one')
        with self.api.refused(403) as refused:
            self.add_key_pair('two')
        self.assertEqual('Quota exceeded, too many key pairs.', refused[0].message)
        self.add_key_pair('one', self.api.as_user('wilma'))

    def test_server_groups_are_limited(self):
        self.limit(server_groups=1)
        body = {'server_group': {'name': 'g', 'policies': ['affinity']}}
        self.api.post('/os-server-groups', body)
        with self.api.refused(403) as refused:
            self.api.post('/os-server-groups', body)
        self.assertEqual('Quota exceeded, too many server groups.', refused[0].message)

    def test_metadata_is_limited_when_it_is_made_and_when_it_grows(self):
        self.limit(metadata_items=2)
        self.refused(metadata={'a': '1', 'b': '2', 'c': '3'})
        self.boot(metadata={'a': '1', 'b': '2'})
        self.world.run()
        path = f'/servers/{self.servers()[0]}/metadata'
        with self.api.refused(403) as refused:
            self.api.post(path, {'metadata': {'c': '3'}})
        self.assertEqual('Maximum number of metadata items exceeds 2', refused[0].message)
        with self.api.refused(403):
            self.api.put(f'{path}/c', {'meta': {'c': '3'}})
        with self.api.refused(403):
            self.api.put(path, {'metadata': {'a': '1', 'b': '2', 'c': '3'}})
        self.api.post(path, {'metadata': {'b': '4'}})
        self.api.put(path, {'metadata': {'c': '3', 'd': '4'}})
        self.assertEqual({'c': '3', 'd': '4'}, self.api.get(path).json['metadata'])

    def test_metadata_of_images_is_limited(self):
        self.limit('ops', metadata_items=2)
        path = f'/images/{world.IMAGE_ID}/metadata'
        self.admin.put(path, {'metadata': {'a': '1', 'b': '2'}})
        for method, below, body in (
                ('POST', '', {'metadata': {'c': '3'}}), ('PUT', '/c', {'meta': {'c': '3'}}),
                ('PUT', '', {'metadata': {'a': '1', 'b': '2', 'c': '3'}})):
            self.assertEqual(403, self.admin.send(method, path + below, body).status)
        self.admin.put(f'{path}/b', {'meta': {'b': '3'}})

    def test_files_are_limited_as_long_as_there_are_any(self):
        self.limit(injected_files=1, injected_file_content_bytes=3)
        files = [{'path': '/a', 'contents': base64.b64encode(b'abc').decode()},
                 {'path': '/b', 'contents': base64.b64encode(b'abcd').decode()}]
        self.boot(version='2.1', personality=files[:1])
        self.refused(version='2.1', personality=files)
        self.refused(version='2.1', personality=files[1:])
