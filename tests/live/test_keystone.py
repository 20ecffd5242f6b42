# SPDX-License-Identifier: Apache-2.0
"""The compute API with a real Keystone and a real Glance: who may do what, by which token."""

import concurrent.futures
import json

from keystoneauth1 import session
from keystoneauth1.identity import v3

from tests.live import base, cloud, companions, compute_client, own_servers

CACHED_SECONDS = 1
PATIENCE = 120
DISK = bytes(2**20)
PROJECTS = ('demo', 'other')
USERS = {'boss': ('demo', 'admin', 'manager', 'member', 'reader'),
         'mary': ('demo', 'manager', 'member', 'reader'), 'fred': ('demo', 'member', 'reader'),
         'rita': ('demo', 'reader'), 'sam': ('other', 'member', 'reader')}


class KeystoneCase(base.LiveTestCase):
    """A cloud with one host that takes tokens of Keystone and images of Glance."""

    needs = ('rabbitmq', 'mariadb')
    time_limit = 600

    def setUp(self):
        super().setUp()
        self.companions = companions.lend_to(self)
        # Several tests use the same Keystone.
        self.suffix = self.name.rsplit('_', 1)[-1]
        for project in PROJECTS:
            self.companions.add_project(self.own(project))
        for user, (project, *roles) in USERS.items():
            self.companions.add_user(self.own(user), self.own(project), *roles)
        options = self.companions.nova_options()
        options['keystone_authtoken']['token_cache_time'] = CACHED_SECONDS
        self.cloud = self.useFixture(cloud.Cloud(
            broker=self.broker, database=self.database, options=options,
            hosts=[cloud.Host(self.own('key'), options=options)]))
        self.url = f'http://127.0.0.1:{self.cloud.port}/v2.1'
        self.addCleanup(self.companions.remove_endpoint,
                        self.companions.add_endpoint(companions.COMPUTE, self.url))
        self.cloud.add_network()

    def own(self, name):
        """Answer the name that something has in this test."""
        return f'{name}-{self.suffix}'

    def session(self, user):
        """Answer a session of a user in the project that he has roles in."""
        return self.companions.session(self.own(user), self.own(USERS[user][0]))

    def client(self, user):
        """Answer a client of the compute API with a token of a user."""
        return self.client_with(self.session(user).get_token())

    def client_with(self, token):
        found = compute_client.Client('127.0.0.1', self.cloud.port, token)
        self.addCleanup(found.disconnect)
        return found

    def status(self, client, method, path, body=None, **headers):
        """Answer the status of a refusal; 200 if there was none."""
        try:
            client.send(method, path, body, headers=headers)
        except compute_client.Refused as error:
            return error.status
        return 200

    def openstack(self, user, *command):
        """Run a command of the client as a user; answer what it printed."""
        return self.companions.openstack(self.own(user), self.own(USERS[user][0]), *command)

    def shown(self, user, *command):
        """Run a command of the client that shows something; answer it."""
        return json.loads(self.openstack(user, *command, '-f', 'json'))

    def add_image(self):
        """Give Glance an image; answer its id."""
        boss, images = self.session('boss'), f'{self.companions.glance_url}/v2/images'
        image = boss.post(images, json={'name': 'small', 'disk_format': 'raw',
                                        'container_format': 'bare',
                                        'visibility': 'public'}).json()['id']
        boss.put(f'{images}/{image}/file', data=DISK,
                 headers={'Content-Type': 'application/octet-stream'})
        return image

    def add_flavor(self):
        """Make a flavor whose id is its name."""
        self.client('boss').send('POST', '/flavors', {'flavor': {
            'name': 'tiny', 'id': 'tiny', 'ram': 64, 'vcpus': 1, 'disk': 1}})
        return 'tiny'


class ClientTest(KeystoneCase):
    """The openstack client, as it is."""

    def test_commands_do_what_their_manual_says(self):
        disk = self.directory / 'disk'
        disk.write_bytes(DISK)
        self.openstack('boss', 'image', 'create', 'small', '--disk-format', 'raw',
                       '--container-format', 'bare', '--public', '--file', disk)
        self.openstack('boss', 'flavor', 'create', 'tiny', '--ram', 64, '--disk', 1, '--id', 'tiny')
        key = self.directory / 'key'
        key.write_text(self.openstack('fred', 'keypair', 'create', 'mine'), encoding='ascii')
        self.assertIn('PRIVATE KEY', key.read_text(encoding='ascii'))
        group = self.shown('fred', 'server', 'group', 'create', 'apart', '--policy',
                           'anti-affinity')['id']
        server = self.shown(
            'fred', 'server', 'create', 'web', '--image', 'small', '--flavor', 'tiny', '--network',
            'private', '--key-name', 'mine', '--hint', f'group={group}', '--wait')
        self.assertEqual('ACTIVE', server['status'])
        self.assertEqual(['web'], [row['Name'] for row in self.shown('fred', 'server', 'list')])
        self.assertEqual('mine', self.shown('fred', 'server', 'show', 'web')['key_name'])
        self.look_around()
        self.openstack('fred', 'server', 'delete', 'web', '--wait')
        self.assertEqual([], self.shown('fred', 'server', 'list'))
        self.assertEqual([], self.cloud.disagreements())

    def look_around(self):
        """What there is, for a member and for an admin."""
        self.openstack('boss', 'quota', 'set', '--instances', 3, self.own('demo'))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            limits, keys, hosts, kinds, quotas, _aggregate = pool.map(
                lambda words: self.shown(*words), (
                    ('fred', 'limits', 'show', '--absolute'), ('fred', 'keypair', 'list'),
                    ('boss', 'hypervisor', 'list'), ('boss', 'compute', 'service', 'list'),
                    ('boss', 'quota', 'show', '--compute'),
                    ('boss', 'aggregate', 'create', 'rack', '--zone', 'west')))
        self.assertEqual(1, {row['Name']: row['Value'] for row in limits}['instances_used'])
        self.assertEqual(['mine'], [row['Name'] for row in keys])
        self.assertEqual([self.own('key')], [row['Hypervisor Hostname'] for row in hosts])
        self.assertEqual({'nova-compute', 'nova-conductor', 'nova-scheduler'},
                         {row['Binary'] for row in kinds})
        self.assertEqual(3, {row['Resource']: row['Limit'] for row in quotas}['instances'])


class TokensTest(KeystoneCase):
    """Roles, projects and scopes; tokens that are good, and those that are not."""

    def setUp(self):
        super().setUp()
        self.image, self.flavor = self.add_image(), self.add_flavor()

    def test_only_good_tokens_of_the_right_role_do_something(self):
        server = self.boot_without_token()
        self.check_roles(server)
        self.check_scopes()
        self.check_services_vouch(server)
        self.check_application_credential()
        self.assertEqual([], self.cloud.disagreements())
        self.assertEqual([], self.cloud.findings())

    def boot_without_token(self):
        """Ask for a server that its host builds when the token is over; answer its id."""
        host = self.cloud.daemons[self.own('key')]
        host.kill()
        fred = self.client('fred')
        server = fred.create('web', self.image, self.flavor, 'auto')
        self.companions.revoke(fred.headers['X-Auth-Token'])
        own_servers.wait_until(
            lambda: self.status(fred, 'GET', '/servers') == 401, 'the end of a token')
        host.start()
        self.client('rita').wait_until_active(server, patience=PATIENCE)
        return server

    def check_roles(self, server):
        flavor = {'flavor': {'name': 'big', 'ram': 64, 'vcpus': 1, 'disk': 1}}
        tag = f'/servers/{server}/tags/x'
        statuses = {user: (self.status(client, 'GET', f'/servers/{server}'),
                           self.status(client, 'PUT', tag),
                           self.status(client, 'POST', '/flavors', flavor))
                    for user, client in ((user, self.client(user)) for user in USERS)}
        self.assertEqual({'boss': (200, 200, 200), 'mary': (200, 200, 403),
                          'fred': (200, 200, 403), 'rita': (200, 403, 403),
                          'sam': (404, 404, 403)}, statuses)

    def check_scopes(self):
        admin = self.companions.session(companions.CLOUD_ADMIN, system_scope='all')
        unscoped = self.companions.session(self.own('fred'))
        for asking, status in ((admin.get_token(), 403), (unscoped.get_token(unscoped.auth), 403),
                               ('garbage', 401), ('fred:demo', 401)):
            self.assertEqual(status, self.status(self.client_with(asking), 'GET', '/servers'))

    def check_services_vouch(self, server):
        expired = self.client_with(self.companions.expired_token(
            self.own('fred'), self.own('demo')))
        vouching = self.companions.session(companions.GLANCE, companions.SERVICES).get_token()
        own = self.session('sam').get_token()
        self.assertEqual([401, 200, 401], [
            self.status(expired, 'GET', f'/servers/{server}', **headers)
            for headers in ({}, {'X-Service-Token': vouching}, {'X-Service-Token': own})])

    def check_application_credential(self):
        fred = self.session('fred')
        made = fred.post(f'{self.companions.auth_url}/users/{fred.get_user_id()}/'
                         'application_credentials', json={'application_credential': {
                             'name': 'list', 'roles': [{'name': 'reader'}], 'access_rules': [
                                 {'service': 'compute', 'method': 'GET',
                                  'path': '/v2.1/servers'}]}}).json()['application_credential']
        client = self.client_with(session.Session(v3.ApplicationCredential(
            self.companions.auth_url, application_credential_id=made['id'],
            application_credential_secret=made['secret'])).get_token())
        self.assertEqual([200, 401], [self.status(client, 'GET', path)
                                      for path in ('/servers', '/flavors')])
