# SPDX-License-Identifier: Apache-2.0
"""The codes with which routes may refuse."""

import jsonschema

from nova_lite.api.openapi import refusals
from nova_lite.api.openapi.spans import Span
from nova_lite.api.openstack import router
from nova_lite.api.openstack.microversions import Feature
from tests import base


def route(method='GET', path='/things', **more):
    return router.Route(method=method, path=path, controller=object, handler='x', policy='x',
                        response=router.NO_CONTENT, **more)


class RefusalsTest(base.TestCase):

    def codes(self, row, **methods):
        return refusals.codes_of(row, {row.path: {row.method}, **methods}) - refusals.ALWAYS

    def test_list_refuses_as_all_do(self):
        self.assertEqual(set(), self.codes(route()))

    def test_what_has_a_name_may_be_missing(self):
        self.assertEqual({404}, self.codes(route(path='/things/{thing_id}')))

    def test_change_may_contradict_and_a_body_may_be_wrong(self):
        self.assertEqual({409, 415}, self.codes(route('POST', body=router.NO_CONTENT)))

    def test_route_adds_its_own(self):
        self.assertEqual({501}, self.codes(route(errors=(501,))))

    def test_name_that_is_a_word_of_another_address_leads_there(self):
        row = route('PUT', '/things/{thing_id}')
        self.assertIn(405, refusals.codes_of(
            row, {'/things/{thing_id}': {'PUT'}, '/things/detail': {'GET'}}))
        self.assertNotIn(405, refusals.codes_of(
            row, {'/things/{thing_id}': {'PUT'}, '/things/detail': {'GET', 'PUT'}}))
        self.assertNotIn(405, refusals.codes_of(
            row, {'/things/{thing_id}': {'PUT'}, '/things/detail/more': {'GET'}}))

    def test_address_that_came_later_is_not_there_before(self):
        row = route(since=Feature.SERVER_TAGS)
        self.assertEqual({404}, refusals.codes_outside([row], Span(1, 104)))
        self.assertEqual(set(), refusals.codes_outside([row], Span(26, 104)))

    def test_body_of_a_refusal_is_closed(self):
        schema = refusals.schema_of(404)
        self.assertEqual(['itemNotFound'], schema['required'])
        self.assertIs(False, schema['additionalProperties'])
        self.assertEqual({'const': 404}, schema['properties']['itemNotFound']['properties']['code'])

    def test_who_is_unknown_is_told_by_the_api_or_by_keystones_filter(self):
        validator = jsonschema.Draft202012Validator(refusals.schema_of(401))
        for name, more in (('unauthorized', {}), ('error', {'title': 'Unauthorized'})):
            self.assertTrue(validator.is_valid({name: {'code': 401, 'message': 'x', **more}}))
            self.assertFalse(validator.is_valid({name: {'code': 403, 'message': 'x', **more}}))

    def test_each_code_has_words(self):
        self.assertLessEqual(
            refusals.ALWAYS | refusals.OF_BODIES | refusals.OF_REMOVED, refusals.WORDS.keys())
