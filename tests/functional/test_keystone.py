# SPDX-License-Identifier: Apache-2.0
"""Requests with tokens of Keystone, through the real pipeline and all daemons."""

import webob

from nova_lite.db import engine, models
from nova_lite.db.stores import flavors
from tests import base
from tests.fixtures import keystone
from tests.functional import api_client, world

SERVER = {'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'none'}
FLAVOR = {'name': 'big', 'ram': 128, 'vcpus': 1, 'disk': 1}
PIPELINES = ('/v2.1', '/v2')


class KeystoneTest(base.TestCase):
    """Users of two projects, and an admin."""

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World(hosts=('cmp1',)))
        self.keystone = self.useFixture(keystone.Keystone())
        self.useFixture(keystone.Options(self._conf)).have_api_validate_tokens()
        self._conf.load_raw_values(group='image', store='files')
        self.override('api', auth_strategy='keystone')
        self.api = self.useFixture(api_client.ApiClient())
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1})
        self.member = self.client('fred', 'demo', 'member', 'reader')
        self.reader = self.client('rita', 'demo', 'reader')
        self.stranger = self.client('sam', 'other', 'member', 'reader')
        self.admin = self.client('boss', 'demo', 'admin', 'member', 'reader')

    def client(self, user, project, *roles, **more):
        return self.client_with(self.keystone.token(user, project, *roles, **more))

    def client_with(self, token):
        client = api_client.ApiClient(application=self.api.application)
        client.token = token
        return client

    def ask(self, address, token=''):
        http = webob.Request.blank(address, headers={'X-Auth-Token': token})
        return http.get_response(self.api.application)

    def boot(self, client):
        return client.post('/servers', {'server': SERVER}, version='2.37').json['server']['id']

    def test_each_role_may_do_what_it_is_for(self):
        server = self.boot(self.member)
        self.assertEqual(200, self.reader.get(f'/servers/{server}').status)
        for client, statuses in ((self.reader, (403, 403)), (self.member, (202, 403)),
                                 (self.admin, (202, 200))):
            self.assertEqual(statuses, (
                client.send('POST', '/servers', {'server': SERVER}, version='2.37').status,
                client.send('POST', '/flavors', {'flavor': FLAVOR}).status))

    def test_another_projects_server_is_not_there(self):
        server = self.boot(self.member)
        for method in ('GET', 'DELETE'):
            self.assertEqual(404, self.stranger.send(method, f'/servers/{server}').status)
        self.assertEqual([], self.stranger.get('/servers').json['servers'])
        self.assertEqual(200, self.admin.get(f'/servers/{server}').status)

    def test_project_in_the_address_must_be_the_tokens(self):
        statuses = [self.member.send('GET', f'/v2.1/{project}/servers').status
                    for project in ('demo', 'other')]
        self.assertEqual([200, 400], statuses)

    def test_server_belongs_to_user_and_project_of_the_token(self):
        server = self.member.get(f'/servers/{self.boot(self.member)}').json['server']
        self.assertEqual(('fred', 'demo'), (server['user_id'], server['tenant_id']))

    def test_request_without_a_good_token_is_told_where_to_get_one(self):
        expired = self.keystone.token('fred', 'demo', 'member', expires=keystone.LONG_AGO)
        for token in (expired, 'garbage', 'fred:demo', ''):
            for root in PIPELINES:
                answer = self.ask(f'{root}/servers', token)
                self.assertEqual((401, f'Keystone uri="{keystone.URL}"'), (
                    answer.status_int, answer.headers['WWW-Authenticate']))
                self.assertIn('X-Openstack-Request-Id', answer.headers)

    def test_versions_are_told_without_a_token(self):
        for root in PIPELINES:
            self.assertEqual(200, self.ask(f'{root}/').status_int)

    def test_token_of_no_project_does_nothing_with_servers(self):
        for token in (self.keystone.token('fred'),
                      self.keystone.system_token('boss', 'admin', 'member', 'reader')):
            client = self.client_with(token)
            for method, body in (('POST', {'server': SERVER}), ('GET', None)):
                answer = client.send(method, '/servers', body, version='2.37')
                self.assertEqual(403, answer.status, method)

    def test_systems_token_is_of_the_wrong_scope(self):
        of_system = self.client_with(self.keystone.system_token('boss', 'admin', 'reader'))
        for path in ('/limits', '/os-keypairs', '/os-hypervisors', '/os-services'):
            self.assertEqual(403, of_system.send('GET', path).status, path)

    def test_token_is_neither_kept_nor_sent_nor_logged(self):
        self.boot(self.member)
        self.world.settle()
        with engine.reader() as connection:
            rows = [str(connection.execute(table.select()).all())
                    for table in models.metadata.sorted_tables]
        sent = [str(message.body) for message in self.world.bus.sent]
        self.assertTrue(sent)
        for place in (self.logs.output, *rows, *sent):
            self.assertNotIn(self.member.token, place)

    def test_operation_ends_though_the_token_did(self):
        server = self.boot(self.member)
        self.keystone.revoke(self.member.token)
        keystone.forget_tokens()
        self.world.settle()
        self.assertEqual('active', self.world.server(server)['vm_state'])
        self.assertEqual([], self.world.findings())

    def test_projects_that_keystone_does_not_know_get_nothing(self):
        self.keystone.http.get(f'{keystone.URL}/projects/other', json={'project': {'id': 'other'}})
        self.keystone.http.get(f'{keystone.URL}/projects/nix', status_code=404)
        flavor = self.admin.post('/flavors', {'flavor': {
            **FLAVOR, 'os-flavor-access:is_public': False}}).json['flavor']['id']
        for project, statuses in (('other', {200}), ('demo', {200}), ('nix', {400})):
            answers = [self.admin.send('GET', f'/os-quota-sets/{project}{below}')
                       for below in ('', '/detail', '/defaults')]
            answers += [
                self.admin.send('PUT', f'/os-quota-sets/{project}', {'quota_set': {'cores': 5}}),
                self.admin.send('POST', f'/flavors/{flavor}/action',
                                {'addTenantAccess': {'tenant': project}})]
            self.assertEqual(statuses, {answer.status for answer in answers}, project)
        # What is left of a project that has gone can be taken away.
        self.assertEqual(202, self.admin.send('DELETE', '/os-quota-sets/nix').status)
