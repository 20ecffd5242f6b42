# SPDX-License-Identifier: Apache-2.0
"""The headers that the document tells of."""

import re

from nova_lite.api.openapi import headers, spans
from tests import base


class HeadersTest(base.TestCase):

    def schema(self, name, span=spans.WHOLE):
        return headers.parameters(span)[name]['schema']

    def test_all_microversions_are_taken_in_the_forms_of_both_headers(self):
        for name, good, bad in (
                (headers.MICROVERSION, ('compute 2.1', 'compute 2.104', 'compute latest'),
                 ('2.1', 'compute 2.01', 'volume 2.1', 'compute')),
                (headers.LEGACY_MICROVERSION, ('2.1', 'latest'), ('compute 2.1', '3'))):
            pattern = self.schema(name)['pattern']
            for text in good:
                self.assertIsNotNone(re.search(pattern, text), text)
            for text in bad:
                self.assertIsNone(re.search(pattern, text), text)

    def test_one_microversion_is_named_exactly(self):
        span = spans.Span(37, 37)
        self.assertEqual({'const': 'compute 2.37'}, self.schema(headers.MICROVERSION, span))
        self.assertEqual({'const': '2.37'}, self.schema(headers.LEGACY_MICROVERSION, span))

    def test_each_reference_has_its_parameter_or_header(self):
        self.assertEqual([f'#/components/parameters/{name}'
                          for name in headers.parameters(spans.WHOLE)],
                         [one['$ref'] for one in headers.references()])
        told = {one['$ref'].rpartition('/')[2] for one in headers.OF_ANSWERS.values()}
        self.assertEqual(told, set(headers.answers()))
