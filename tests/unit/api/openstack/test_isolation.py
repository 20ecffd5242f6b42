# SPDX-License-Identifier: Apache-2.0
"""What belongs to one project is not there for another, whatever its role, on every route."""

import re

from nova_lite.api.openstack.compute import routes
from nova_lite.objects import image_meta
from tests.fixtures import personas, policy_file, smallest
from tests.unit import test_keypairs
from tests.unit.api.openstack import case

KEY_PAIR = 'the-secret-key'
BELOW_THINGS = re.compile('{(server_id|server_group_id)}')


class IsolationTest(case.ApiTestCase):

    time_limit = 300

    def setUp(self):
        super().setUp()
        self.server = self.make_server(name='the-secret-one')
        self.group = self.api.post(
            '/os-server-groups',
            {'server_group': {'name': 'the-secret-group', 'policy': 'affinity'}},
            version='2.64').json['server_group']['id']
        self.image = self.offer_image(name='the-secret-image', visibility=image_meta.PRIVATE)
        self.api.post('/os-keypairs', {'keypair': {
            'name': KEY_PAIR, 'public_key': test_keypairs.ED25519}})
        self.useFixture(personas.Personas())

    def as_persona(self, name):
        return self.api.as_user(name, '-')

    def send(self, client, route):
        """Send the smallest request to the things of the project; answer what came back."""
        version = smallest.newest_version(route)
        path = route.path
        for name, value in (('server_id', self.server['uuid']), ('server_group_id', self.group),
                            ('image_id', self.image), ('keypair_name', KEY_PAIR), ('key', 'x')):
            path = path.replace(f'{{{name}}}', value)
        return client.send(route.method, path.replace('{', '').replace('}', ''),
                           smallest.body_of(route, version), version=version)

    def each(self, names, is_wanted):
        """Answer (route, name, answer) of each wanted route as each persona."""
        for route in filter(is_wanted, routes.TABLE):
            for name in names:
                yield route, name, self.send(self.as_persona(name), route)

    def test_every_route_below_a_thing_of_a_project_answers_404_to_another(self):
        for route, name, answer in self.each(
                personas.STRANGERS, lambda route: BELOW_THINGS.search(route.path)):
            self.assertEqual((404, 'itemNotFound'), (answer.status, answer.fault),
                             (route.path, name))
            self.assertNotIn('the-secret', answer.text)

    def test_no_route_below_a_private_image_does_anything_for_another_project(self):
        for route, name, answer in self.each(
                personas.STRANGERS, lambda route: '{image_id}' in route.path):
            # A role that is not enough for any image is told so.
            expected = (404,) if name == 'other_manager' else (403, 404)
            self.assertIn(answer.status, expected, (route.path, name))
            self.assertNotIn('the-secret', answer.text)
        self.as_persona('member').get(f'/images/{self.image}')

    def test_key_pairs_are_not_there_for_other_users_of_any_project(self):
        of_projects = [name for name in personas.PERSONAS
                       if not name.startswith(('system', 'domain'))]
        for route, name, answer in self.each(
                of_projects, lambda route: '{keypair_name}' in route.path):
            self.assertEqual(404, answer.status, (route.path, name))
        self.api.get(f'/os-keypairs/{KEY_PAIR}')

    def test_no_list_shows_what_belongs_to_another_project(self):
        for route, name, answer in self.each(
                personas.STRANGERS, lambda route: route.method == 'GET' and '{' not in route.path):
            for secret in (self.server['uuid'], self.group, 'the-secret'):
                self.assertNotIn(secret, answer.text, (route.path, name))

    def test_who_may_only_read_changes_nothing(self):
        for route, name, answer in self.each(
                ('reader', 'nobody', 'service'),
                lambda route: route.method != 'GET' and '{server_id}' in route.path):
            self.assertEqual((403, 'forbidden'), (answer.status, answer.fault),
                             (route.path, name))
        self.assertEqual('the-secret-one', self.as_persona('reader').get(
            f'/servers/{self.server["uuid"]}').json['server']['name'])

    def test_who_has_no_role_in_the_project_may_do_nothing_with_servers(self):
        for name in ('nobody', 'service', 'system_admin', 'system_reader', 'domain_admin'):
            for path in ('/servers', '/servers/detail', f'/servers/{self.server["uuid"]}'):
                self.assertEqual(403, self.as_persona(name).send('GET', path).status, (name, path))

    def test_tokens_without_a_project_do_no_harm_where_roles_are_not_asked_for(self):
        self.override('oslo_policy', enforce_new_defaults=False)
        self.useFixture(policy_file.PolicyFile())
        for route, name, answer in self.each(('unscoped',), lambda route: True):
            self.assertLess(answer.status, 500, (route.path, name))
            if route.method != 'GET' and 'keypairs' not in route.path:
                self.assertGreaterEqual(answer.status, 400, (route.path, name))
