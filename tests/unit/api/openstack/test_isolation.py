# SPDX-License-Identifier: Apache-2.0
"""What belongs to one project is not there for another, on every route."""

from nova_lite.api.openstack import microversions
from nova_lite.api.openstack.compute import routes
from tests.unit.api.openstack import case


class IsolationTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.server = self.make_server(name='the-secret-one')

    def version_of(self, route):
        return f'2.{104 if route.until is None else int(route.until) - 1}'

    def test_every_route_below_a_server_answers_404_to_another_project(self):
        for route in routes.TABLE:
            if '{server_id}' not in route.path:
                continue
            path = route.path.replace('{server_id}', self.server['uuid'])
            version = self.version_of(route)
            answer = self.stranger.send(
                route.method, path.replace('{', '').replace('}', ''), _valid_body(route, version),
                version=version)
            self.assertEqual((404, 'itemNotFound'), (answer.status, answer.fault), route.path)
            self.assertNotIn('the-secret-one', answer.text)

    def test_no_list_shows_what_belongs_to_another_project(self):
        for route in routes.TABLE:
            if route.method == 'GET' and '{' not in route.path:
                answer = self.stranger.send('GET', route.path, version=self.version_of(route))
                self.assertNotIn(self.server['uuid'], answer.text)

    def test_readers_change_nothing(self):
        self.give_roles('reader')
        for route in routes.TABLE:
            if route.method == 'GET' or '{server_id}' not in route.path or route.action:
                continue
            path = route.path.replace('{server_id}', self.server['uuid'])
            version = self.version_of(route)
            answer = self.api.send(
                route.method, path, _valid_body(route, version), version=version)
            self.assertEqual((403, 'forbidden'), (answer.status, answer.fault), route.path)

    def test_who_has_no_role_may_do_nothing_with_servers(self):
        self.give_roles()
        for path in ('/servers', '/servers/detail', f'/servers/{self.server["uuid"]}'):
            self.assertEqual(403, self.api.send('GET', path).status)


def _valid_body(route, version):
    """Answer the smallest body that the route's schema takes; None where none is sent."""
    if route.body is None:
        return None
    return _smallest(route.body.at(microversions.parse(version)).definition)


def _smallest(schema):
    kind = schema.get('type')
    if schema.get('minProperties'):
        return {'x': _smallest(next(iter(schema['patternProperties'].values())))}
    if kind == 'object' or 'properties' in schema:
        return {name: _smallest(schema['properties'][name]) for name in schema.get('required', ())}
    if 'enum' in schema:
        return schema['enum'][0]
    alternatives = schema.get('oneOf') or schema.get('anyOf')
    if alternatives:
        return _smallest(alternatives[-1])
    kind = kind[0] if isinstance(kind, list) else kind
    return {'array': [], 'integer': 1, 'boolean': True, 'null': None}.get(kind, 'x')
