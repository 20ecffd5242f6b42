# SPDX-License-Identifier: Apache-2.0
"""Operations, of routes made up for the purpose."""

from nova_lite.api.openapi import operations, schemas
from nova_lite.api.openapi.spans import WHOLE, Span
from nova_lite.api.openstack import router
from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.api.openstack.microversions import Feature, Series
from tests import base


class Things:
    """A controller."""

    def show(self, request):
        """Show things.

        And more of it.
        """

    def lock(self, request):
        """Lock a thing."""

    def kick(self, request):
        """Kick a thing."""


def change(schema):
    schema['properties']['new'] = parts.TEXT


ANSWER = parts.series(parts.closed({'old': parts.TEXT}), (Feature.SERVER_TAGS, change))
QUERY = parts.series(
    parts.query_of({'a': parts.parameter()}, patterns={'^b-': parts.parameter()}),
    (Feature.STRICT_QUERIES, parts.without_unknown))


def route(handler='show', **more):
    return router.Route(**{'method': 'GET', 'path': '/things', 'controller': Things,
                           'handler': handler, 'policy': f'things:{handler}',
                           'response': ANSWER, **more})


def action(name, **more):
    return route(name, **{
        'method': 'POST', 'path': '/things/{thing_id}/action', 'action': name,
        'body': parts.series(parts.closed({name: {'type': 'null'}})), **more})


class OperationTest(base.TestCase):

    def described(self, *rows, span=WHOLE):
        self.components = schemas.Components()
        known = operations.Known(span, list(rows))
        return operations.Operation(list(rows), known, self.components).described()

    def schema_of(self, response):
        (content,) = response['content'].values()
        return self.components.schemas[content['schema']['$ref'].rpartition('/')[2]]

    def test_one_microversion_has_one_schema(self):
        made = self.described(route(), span=Span(30, 30))
        self.assertEqual(['old', 'new'],
                         list(self.schema_of(made['responses']['200'])['properties']))
        self.assertNotIn('x-openstack', made)

    def test_all_microversions_have_alternatives(self):
        made = self.described(route())
        self.assertEqual(2, len(self.schema_of(made['responses']['200'])['oneOf']))

    def test_route_that_went_says_until_when_and_is_deprecated(self):
        made = self.described(route(until=Feature.NO_PROXIES))
        self.assertEqual({'min-ver': '2.1', 'max-ver': '2.35'}, made['x-openstack'])
        self.assertIs(True, made['deprecated'])
        self.assertIn('404', made['responses'])

    def test_parameters_may_come_several_times(self):
        made = self.described(route(query=QUERY))
        self.assertEqual({'name': 'a', 'in': 'query', 'style': 'form', 'explode': True,
                          'schema': parts.parameter()}, made['parameters'][0])

    def test_parameters_whose_names_follow_a_pattern_are_one(self):
        made = self.described(route(query=QUERY))
        self.assertEqual({'^b-': parts.parameter()},
                         made['parameters'][1]['schema']['patternProperties'])

    def test_refusing_unknown_parameters_is_said(self):
        for span, words in ((Span(1, 74), None), (Span(75, 75), 'refused'),
                            (WHOLE, 'refused since 2.75')):
            made = self.described(route(query=QUERY), span=span)
            self.assertEqual(words, made.get('x-openstack', {}).get('unknown-query-parameters'))

    def test_actions_are_one_operation_with_alternatives(self):
        made = self.described(action('lock'), action('kick', response=router.NO_CONTENT,
                                                     status=Series(202)))
        (content,) = made['requestBody']['content'].values()
        self.assertEqual({'discriminator': 'action'}, content['schema']['x-openstack'])
        self.assertEqual(2, len(content['schema']['oneOf']))
        self.assertEqual({'lock': 'things:lock', 'kick': 'things:kick'},
                         made['x-openstack-policy'])
        self.assertIn('`kick`: Kick a thing.', made['description'])
        self.assertNotIn('content', made['responses']['202'])
        self.assertIn('content', made['responses']['200'])

    def test_code_that_says_that_nothing_was_to_do_is_a_success(self):
        made = self.described(route(status=Series(201), unchanged=204,
                                    response=router.NO_CONTENT))
        self.assertEqual(['201', '204'], [code for code in made['responses'] if code < '300'])

    def test_headers_of_its_own_are_told(self):
        made = self.described(route(request_headers={'Key': 'A key.'},
                                    response_headers={'Location': 'Where.'}))
        self.assertEqual('Key', made['parameters'][-1]['name'])
        self.assertIn('Location', made['responses']['200']['headers'])

    def test_name_is_of_method_and_address(self):
        self.assertEqual('get_os_things_thing_id_os_x',
                         operations.id_of('GET', '/os-things/{thing_id}/os-x'))

    def test_what_is_in_no_microversion_any_more_answers_410(self):
        made = operations.removed('GET', '/os-cells/{cell_id}')
        self.assertIn('410', made['responses'])
        self.assertEqual('cell_id', made['parameters'][0]['name'])
        self.assertIs(True, made['deprecated'])
