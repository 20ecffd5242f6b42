# SPDX-License-Identifier: Apache-2.0
"""What belongs to one project is not there for another, whatever its role, on every route."""

import re

from nova_lite.api.openstack.compute import routes
from tests.fixtures import personas, policy_file, smallest
from tests.unit.api.openstack import case

BELOW_THINGS = re.compile('{(server_id|server_group_id)}')


class IsolationTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.server = self.make_server(name='the-secret-one')
        self.group = self.api.post(
            '/os-server-groups',
            {'server_group': {'name': 'the-secret-group', 'policy': 'affinity'}},
            version='2.64').json['server_group']['id']
        self.useFixture(personas.Personas())

    def as_persona(self, name):
        return self.api.as_user(name, '-')

    def send(self, client, route):
        """Send the smallest request to the things of the project; answer what came back."""
        version = smallest.newest_version(route)
        path = route.path.replace('{server_id}', self.server['uuid']).replace(
            '{server_group_id}', self.group)
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
