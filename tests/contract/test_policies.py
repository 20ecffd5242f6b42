# SPDX-License-Identifier: Apache-2.0
"""Who may do what, against policy_expectations.yaml: each route as each persona.

The application and the database are real; only the controllers are replaced, so
that a request that is let through changes nothing.
"""

import json
import pathlib

import fixtures
import webob
import yaml

from nova_lite import policies
from nova_lite.api.openstack import microversions, wsgi
from nova_lite.api.openstack.compute import routes
from nova_lite.policies import base as policy_base
from nova_lite.policies import enforcement
from tests import base
from tests.fixtures import personas, policy_file, records, smallest
from tests.unit.api.openstack import case

FILE = pathlib.Path(__file__).with_name('policy_expectations.yaml')
EXPECTED = yaml.safe_load(FILE.read_text())
WHO, ROUTES = EXPECTED['who'], EXPECTED['routes']

REACHED, REFUSED, NOT_THERE = 299, 403, 404

MISSING = """
{file} says nothing of these routes. Add a line for each below ``routes:``
    {routes}
with one of these in the place of WHO
    {who}
and of them the one that Nova's policy reference says, not what the rule happens to say."""


def key_of(route):
    return ' '.join(filter(None, (route.method, route.path, route.action)))


def status_for(name, who):
    """Answer what a persona is to be told."""
    if name in WHO[who]['may']:
        return REACHED
    return NOT_THERE if name in WHO[who].get('not there for', ()) else REFUSED


class ExpectationsTest(base.TestCase):

    def test_there_is_one_for_each_route(self):
        missing = sorted({f'{key_of(route)}: WHO' for route in routes.TABLE
                          if key_of(route) not in ROUTES})
        self.assertEqual([], missing, MISSING.format(
            file=FILE.name, routes='\n    '.join(missing), who='\n    '.join(WHO)))

    def test_there_is_none_for_what_is_no_route(self):
        self.assertEqual(set(), set(ROUTES) - {key_of(route) for route in routes.TABLE})

    def test_they_name_who_there_is(self):
        self.assertEqual(set(WHO), {*ROUTES.values(), *EXPECTED['fields'].values()})
        for who in WHO.values():
            self.assertEqual(set(), {*who['may'], *who.get('not there for', ())}
                             - set(personas.PERSONAS))


class FormerNamesTest(base.TestCase):

    def test_policies_have_had_these_names(self):
        found = {}
        for rule in policies.list_rules():
            if rule.deprecated_rule is not None and rule not in policy_base.RULES:
                found.setdefault(rule.deprecated_rule.name, set()).add(rule.name)
        self.assertEqual({old: set(new) for old, new in EXPECTED['formerly'].items()}, found)

    def test_each_works_in_an_operators_file(self):
        file = self.useFixture(policy_file.PolicyFile())
        for old, new in EXPECTED['formerly'].items():
            file.set({old: 'role:auditor'})
            for rule in new:
                for role, expected in (('auditor', True), ('admin', False)):
                    context = records.caller(roles=[role])
                    self.assertIs(expected, enforcement.allows(context, rule), (old, rule, role))


class RoutesTest(case.ApiTestCase):

    time_limit = 300

    def setUp(self):
        super().setUp()
        self.useFixture(personas.Personas())
        things = {'server_id': self.make_server()['uuid'], 'server_group_id': self.make_group(),
                  'tenant_id': personas.OWN}
        self.paths = {route.path: self.path_of(route.path, things) for route in routes.TABLE}
        for route in routes.TABLE:
            self.useFixture(fixtures.MonkeyPatch(
                f'{route.controller.__module__}.{route.controller.__name__}.{route.handler}',
                _reached))

    def make_group(self):
        return self.api.post('/os-server-groups', {'server_group': {
            'name': 'group', 'policies': ['affinity']}}).json['server_group']['id']

    def path_of(self, path, things):
        for name, value in things.items():
            path = path.replace(f'{{{name}}}', value)
        return path.replace('{', '').replace('}', '')

    def status_of(self, name, route):
        """Answer what a persona is told who sends the smallest request there is."""
        version = smallest.newest_version(route)
        body = smallest.body_of(route, version)
        address = f'/v2.1{self.paths[route.path]}{smallest.query_of(route, version)}'
        http = webob.Request.blank(address, method=route.method, headers={
            'X-Auth-Token': f'{name}:-', microversions.HEADER: f'compute {version}'})
        if body is not None:
            http.body, http.content_type = json.dumps(body).encode(), 'application/json'
        return http.get_response(self.api.application).status_int

    def test_each_lets_in_whom_it_should(self):
        wrong = []
        for route in routes.TABLE:
            for name in personas.PERSONAS if key_of(route) in ROUTES else ():
                expected = status_for(name, ROUTES[key_of(route)])
                found = self.status_of(name, route)
                if found != expected:
                    wrong.append(f'{key_of(route)} as {name}: {found}, expected {expected}')
        self.assertEqual([], wrong, f'see {FILE.name}')


def _reached(_controller, _request, **_path):
    return wsgi.Answer(status=REACHED)
