# SPDX-License-Identifier: Apache-2.0
"""Every route is sent what nobody should send; none may fail, none may believe it."""

import json

from nova_lite.api.openstack import microversions
from nova_lite.api.openstack.compute import routes
from tests import base
from tests.unit.api.openstack import case

DEEP = b'[' * 5000 + b']' * 5000
RAW_BODIES = (
    b'', b'{', b'[]', b'null', b'"text"', b'7', b'{"a": NaN}', b'{"a": 1e999}',
    b'\xff\xfe', b'{"\xc3\x28": 1}', b'{"a": "\\ud800"}', b'{"a": "\\u0000"}', b'{"a": "\x00"}',
    b'{"a": ' + b'9' * 5000 + b'}', DEEP, b'{"a": ' * 2000 + b'1' + b'}' * 2000,
)
VALUES = (None, True, 7, -1, 2 ** 70, 1.5, '', ' ', 'x' * 300, 'x\x00y', '\ud800',
          '\U0001f600' * 300, '../../etc/passwd', "' OR 1=1 --", '%s%n', [], [None], {},
          {'a': {}}, [[[]]])
QUERIES = (
    '%ff', 'limit=%ff', 'name=%00', 'limit=-1', 'limit=x', 'limit=99999999999999999999',
    'limit=%D9%A3', 'marker=%F0%9F%98%80', 'marker=' + 'x' * 3000, 'name=%5B', 'name=(a%2B)%2B%24',
    'name=(%3FP%3Cx%3Ea)', 'name=%5Cu0041', 'name=%28%3F%3D',
    'ip=%2A', 'sort_key=password', 'sort_dir=sideways', 'changes-since=yesterday',
    'changes-since=0000-01-01T00:00:00Z', 'changes-since=9999-12-31T23:59:59-23:00',
    'power_state=x', 'deleted=perhaps', 'locked=perhaps', 'status=%F0%9F%98%80',
    'status=' + 'x' * 2000,
    'tags=' + ',' * 500, 'all_tenants=perhaps', 'uuid=%27', 'limit=1&limit=2&limit=z',
    '&'.join(f'p{number}=1' for number in range(2000)),
)
NAMES = ('x', '%00', '%ff', '%F0%9F%98%80', 'x' * 3000, '..', '%2e%2e%2f', '0', '-1',
         '99999999999999999999', "'", '00000000-0000-4000-8000-000000000000')

FREE_NAMES = ('{tenant_id}', '{class_name}')
"""Which projects there are is not known here, and a quota class is there once it is named."""


class HostileInput(case.ApiCase):
    """The tests; a class for each kind of database brings it along."""

    time_limit = 300

    def setUp(self):
        super().setUp()
        self.make_flavor()
        self.make_network()
        self.offer_image()
        self.server = self.make_server()

    def each_route(self):
        for route in routes.TABLE:
            last = 104 if route.until is None else route.until - 1
            for version in {f'2.{int(route.since)}', f'2.{int(last)}'}:
                yield route, version

    def path_of(self, route, name=None):
        """Answer the route's path with one name for all its variables."""
        path = route.path.replace('{server_id}', name or self.server['uuid'])
        while '{' in path:
            before, _, rest = path.partition('{')
            path = before + (name or 'small') + rest.partition('}')[2]
        return path

    def send(self, route, version, path, body=None):
        """Send as an admin, who gets furthest; the answer must not be a failure of ours."""
        answer = self.admin.send(route.method, path, body, version=version)
        self.assertLess(answer.status, 500, (route.method, path, version, body, answer.text))
        return answer

    def test_broken_bodies_are_refused(self):
        for route, version in self.each_route():
            if route.body is None:
                continue
            for body in RAW_BODIES:
                answer = self.send(route, version, self.path_of(route), body)
                self.assertEqual(400, answer.status, (route.path, body))

    def test_bodies_that_are_almost_right_do_no_harm(self):
        for route, version in self.each_route():
            if route.body is None:
                continue
            schema = route.body.at(microversions.parse(version)).definition
            for body in _variants(schema):
                sent = json.dumps(body).encode()
                self.send(route, version, self.path_of(route), sent)

    def test_names_that_a_database_may_take_for_one_are_refused(self):
        made = self.admin.post('/os-aggregates', {'aggregate': {'name': 'group'}}).json
        server, pairs = f'/servers/{self.server["uuid"]}', {'k': '1', 'k ': '2'}
        for method, path, body in (
                ('POST', f'{server}/metadata', {'metadata': pairs}),
                ('PUT', f'{server}/metadata', {'metadata': pairs}),
                ('PUT', f'{server}/tags', {'tags': list(pairs)}),
                ('POST', '/flavors/small/os-extra_specs', {'extra_specs': pairs}),
                ('POST', f'/os-aggregates/{made["aggregate"]["id"]}/action',
                 {'set_metadata': {'metadata': pairs}}),
                ('POST', '/servers', {'server': {'name': 'a', 'flavorRef': 'small',
                                                 'networks': 'none', 'metadata': pairs}})):
            answer = self.admin.send(method, path, body, version='2.94')
            self.assertEqual(400, answer.status, (path, answer.text))
            self.assertIn('spaces at the end', answer.message)

    def test_wrong_queries_are_answered_or_refused(self):
        for route, version in self.each_route():
            if route.method == 'GET':
                for query in QUERIES:
                    self.send(route, version, f'{self.path_of(route)}?{query}')

    def test_wrong_names_are_not_there(self):
        for route, version in self.each_route():
            if '{' in route.path:
                for name in NAMES:
                    body = None if route.body is None else {}
                    answer = self.send(route, version, self.path_of(route, name), body)
                    if not any(free in route.path for free in FREE_NAMES):
                        self.assertGreaterEqual(
                            answer.status, 400, (route.path, name, answer.text))

    def test_bodies_that_are_too_large_are_refused(self):
        self.override('oslo_middleware', max_request_body_size=1000)
        for route, version in self.each_route():
            answer = self.send(route, version, self.path_of(route), b'{"a": "%s"}' % (b'x' * 2000))
            self.assertEqual((413, 'overLimit'), (answer.status, answer.fault))

    def test_wrong_methods_are_told_which_are_right(self):
        for route, version in self.each_route():
            answer = self.api.send('PATCH', self.path_of(route), version=version)
            self.assertEqual((405, 'badMethod'), (answer.status, answer.fault))
            self.assertIn(route.method, answer.headers['Allow'])

    def test_wrong_addresses_are_not_there(self):
        for path in ('/nothing', '/servers/', '/servers//action', '/%ff', '/%00',
                     '/servers/x/nothing'):
            answer = self.api.send('GET', path)
            self.assertEqual((404, 'itemNotFound'), (answer.status, answer.fault), path)


class HostileInputTest(HostileInput, base.TestCase):
    """On SQLite."""


def _variants(schema):
    """Answer bodies that are almost right: each property in turn has each wrong value."""
    yield from ({name: value} for name in schema['properties'] for value in VALUES)
    for outer, part in schema['properties'].items():
        required = {name: _plausible(name) for name in part.get('required', ())}
        yield {outer: {**required, 'unknown': 1}}
        for name in part.get('properties', ()):
            yield from ({outer: {**required, name: value}} for value in VALUES)


def _plausible(name):
    return {'flavorRef': 'small', 'networks': 'none'}.get(name, 'web')
