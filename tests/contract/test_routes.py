# SPDX-License-Identifier: Apache-2.0
"""Every route has all that a route must have."""

import importlib
import inspect
import pathlib
import re
import sys

import jsonschema
from testtools import content

from nova_lite import policies
from nova_lite.api.openstack import microversions, router, validation
from nova_lite.api.openstack.compute import routes
from nova_lite.api.openstack.compute.routes import removed
from tests import base

EXTENSIONS = pathlib.Path(__file__).resolve().parents[2] / 'doc' / 'source' / '_ext'
WITH_BODY = frozenset({'POST', 'PUT', 'PATCH'})
ADDRESS_SAYS_ALL = frozenset({('PUT', '/servers/{server_id}/tags/{tag}')})


def name_of(route):
    return f'{route.method} {route.path} {route.action or ""} since 2.{int(route.since)}'


class RoutesTest(base.TestCase):

    def each_route(self):
        self.addOnException(self.tell_route)
        for route in routes.TABLE:
            self.current = route
            yield route

    def tell_route(self, _error):
        self.addDetail('route', content.text_content(name_of(self.current)))

    def test_query_and_answer_have_schemas_that_are_schemas(self):
        for route in self.each_route():
            for series in (route.query, route.response):
                self.check_series(series)

    def test_what_is_sent_has_a_schema(self):
        for route in self.each_route():
            sends = (route.method in WITH_BODY
                     and (route.method, route.path) not in ADDRESS_SAYS_ALL)
            self.assertEqual(sends, route.body is not None)
            if route.body is not None:
                self.check_series(route.body)

    def check_series(self, series):
        for _version, schema in series.steps():
            self.assertIsInstance(schema, validation.Schema)
            jsonschema.Draft202012Validator.check_schema(schema.definition)
            self.assertIn(schema.definition.get('type', 'alternatives'),
                          {'object', 'null', 'alternatives'})

    def test_what_is_sent_takes_nothing_unknown(self):
        for route in self.each_route():
            if route.body is not None:
                for _version, schema in route.body.steps():
                    self.assertIs(False, schema.definition['additionalProperties'])

    def test_body_of_an_action_is_named_as_the_action(self):
        for route in self.each_route():
            self.assertEqual(route.path.endswith('/action'), route.action is not None)
            if route.action is not None:
                self.assertEqual([route.action], route.body.at(
                    microversions.MAXIMUM).definition['required'])

    def test_each_has_a_policy_that_names_it(self):
        known = {rule.name: rule for rule in policies.list_rules()}
        for route in self.each_route():
            rule = known[route.policy]
            self.assertIn((route.method, route.path), {
                (operation['method'], operation['path'].split(' ')[0])
                for operation in rule.operations})

    def test_policies_name_only_routes_that_are_there(self):
        there = {(route.method, route.path) for route in routes.TABLE}
        for rule in policies.list_rules():
            for operation in getattr(rule, 'operations', ()):
                self.assertIn((operation['method'], operation['path'].split(' ')[0]), there)

    def test_each_has_a_handler_that_takes_the_variables_of_its_path(self):
        for route in self.each_route():
            handler = getattr(route.controller, route.handler)
            wanted = ['self', 'request', *re.findall(r'{(\w+)', route.path)]
            self.assertEqual(wanted, list(inspect.signature(handler).parameters))

    def test_whatever_lies_below_a_server_is_asked_for_by_its_project(self):
        for route in self.each_route():
            if route.path.startswith(routes.SERVER):
                self.assertIsNotNone(route.target)

    def test_codes_are_those_of_success(self):
        for route in self.each_route():
            for _version, code in route.status.steps():
                self.assertIn(code, {200, 201, 202, 204})
            if route.response is router.NO_CONTENT:
                self.assertNotIn(200, [code for _version, code in route.status.steps()][1:])

    def test_no_version_has_an_address_twice(self):
        for minor in range(1, microversions.MAXIMUM.minor + 1):
            version = microversions.Microversion(minor)
            there = [(route.method, route.path, route.action)
                     for route in routes.TABLE if route.is_in(version)]
            self.assertEqual(len(set(there)), len(there))

    def test_nothing_that_is_there_is_said_to_be_gone(self):
        there = {(route.method, route.path) for route in routes.TABLE}
        self.assertEqual(set(), there & set(removed.TABLE))

    def test_each_has_an_entry_in_the_api_reference(self):
        sys.path.insert(0, str(EXTENSIONS))
        self.addCleanup(sys.path.remove, str(EXTENSIONS))
        reference = importlib.import_module('api_reference')
        for route in self.each_route():
            self.assertRegex(reference.summary_of(route), r'^[A-Z].*\.$')
            self.assertIn('Policy', dict(reference.facts_of(route)))
