# SPDX-License-Identifier: Apache-2.0
"""Schemas on their way into the document."""

from nova_lite.api.openapi import schemas
from nova_lite.api.openapi.spans import Alternative, Span
from nova_lite.api.openstack import validation
from tests import base

ALL = Span(1, 9)


class SchemasTest(base.TestCase):

    def test_anchors_are_those_of_ecma_wherever_a_pattern_stands(self):
        exported = schemas.exported({
            'pattern': r'\A[a-z]\Z',
            'patternProperties': {r'\A[0-9]\Z': {'anyOf': [{'pattern': r'\Ax\Z'}]}}})
        self.assertEqual({'pattern': '^[a-z]$',
                          'patternProperties': {'^[0-9]$': {'anyOf': [{'pattern': '^x$'}]}}},
                         exported)

    def test_property_named_pattern_is_none(self):
        schema = {'properties': {'pattern': {'type': 'string'}}}
        self.assertEqual(schema, schemas.exported(schema))

    def test_what_concerns_the_legacy_api_is_left_out(self):
        self.assertEqual({'type': 'string'},
                         schemas.exported({'type': 'string', validation.TRIMMED: True}))

    def test_lists_are_lists_whatever_they_were(self):
        self.assertEqual({'enum': ['a', 1, None]}, schemas.exported({'enum': ('a', 1, None)}))

    def test_one_alternative_has_the_name_itself(self):
        components = schemas.Components()
        reference = components.add_alternatives('x', [Alternative(ALL, {'type': 'null'})], ALL)
        self.assertEqual({'$ref': '#/components/schemas/x'}, reference)
        self.assertEqual({'x': {'type': 'null'}}, components.schemas)

    def test_each_of_several_says_when_it_holds(self):
        components = schemas.Components()
        components.add_alternatives('x', [
            Alternative(Span(1, 3), {'type': 'null'}), Alternative(Span(4, 9), {'const': 1})], ALL)
        self.assertEqual({
            'x_2.1': {'type': 'null', 'x-openstack': {'min-ver': '2.1', 'max-ver': '2.3'}},
            'x_2.4': {'const': 1, 'x-openstack': {'min-ver': '2.4', 'max-ver': '2.9'}},
            'x': {'oneOf': [{'$ref': '#/components/schemas/x_2.1'},
                            {'$ref': '#/components/schemas/x_2.4'}],
                  'x-openstack': {'discriminator': 'microversion'}}}, components.schemas)

    def test_alternatives_of_an_action_name_it(self):
        components = schemas.Components()
        components.add_alternatives(
            'x', [Alternative(ALL, {'type': 'null'})], ALL, **{'action-name': 'lock'})
        self.assertEqual({'action-name': 'lock'}, components.schemas['x']['x-openstack'])

    def test_small_ones_are_told_in_place(self):
        self.assertEqual({'const': 1}, schemas.inlined([Alternative(ALL, {'const': 1})], ALL))
        self.assertEqual(2, len(schemas.inlined(
            [Alternative(Span(1, 3), {'const': 1}), Alternative(Span(4, 9), {'const': 2})],
            ALL)['oneOf']))
