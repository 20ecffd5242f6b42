# SPDX-License-Identifier: Apache-2.0
"""The document as a whole; that it is valid is tested in tests/contract/test_openapi.py."""

import json

from nova_lite.api.openapi import document, spans
from nova_lite.api.openstack import microversions
from tests import base


class DocumentTest(base.TestCase):

    def test_document_of_one_microversion_is_of_that_version(self):
        made = document.make(spans.only(microversions.parse('2.37')))
        self.assertEqual('2.37', made['info']['version'])
        self.assertEqual({'const': 'compute 2.37'},
                         made['components']['parameters']['microversion']['schema'])
        self.assertNotIn('/images', made['paths'])
        self.assertNotIn('x-openstack', made['info'])

    def test_document_of_all_names_the_first_and_the_last(self):
        made = document.make()
        self.assertEqual({'min-ver': '2.1', 'max-ver': str(microversions.MAXIMUM)},
                         made['info']['x-openstack'])
        self.assertIn('/images', made['paths'])

    def test_only_the_oldest_needs_no_header(self):
        for version, needed in (('2.1', False), ('2.2', True)):
            made = document.make(spans.only(microversions.parse(version)))
            self.assertIs(needed, made['components']['parameters']['microversion']['required'])

    def test_url_is_that_of_the_api(self):
        self.assertEqual([{'url': '/compute/v2.1'}],
                         document.make(url='/compute/v2.1')['servers'])

    def test_text_is_the_document(self):
        made = document.make(spans.only(microversions.MINIMUM))
        self.assertEqual(made, json.loads(document.text_of(made)))

    def test_refusals_are_those_that_operations_name(self):
        made = document.make(spans.only(microversions.MAXIMUM))
        named = {code for item in made['paths'].values() for operation in item.values()
                 for code in operation['responses'] if code >= '400'}
        self.assertEqual({f'Error{code}' for code in named}, set(made['components']['responses']))
