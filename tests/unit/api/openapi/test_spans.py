# SPDX-License-Identifier: Apache-2.0
"""What holds in which microversions."""

from nova_lite.api.openapi import spans
from nova_lite.api.openapi.spans import Alternative, Span
from tests import base


def parts(found):
    return [(one.span.first, one.span.last, one.value) for one in found]


class SpansTest(base.TestCase):

    def test_what_is_the_same_in_a_row_is_one_alternative(self):
        found = spans.alternatives(Span(1, 5), lambda version: {'old': version.minor < 3})
        self.assertEqual([(1, 2, {'old': True}), (3, 5, {'old': False})], parts(found))

    def test_what_went_and_came_back_is_two(self):
        found = spans.alternatives(
            Span(1, 5), lambda version: None if version.minor == 3 else 'x')
        self.assertEqual([(1, 2, 'x'), (4, 5, 'x')], parts(found))
        self.assertEqual(Span(1, 5), spans.of_all(found))

    def test_nothing_has_no_alternatives(self):
        self.assertEqual([], spans.alternatives(Span(1, 5), lambda _version: None))

    def test_part_says_its_microversions_only_if_they_are_not_all(self):
        part = {'type': 'string'}
        self.assertEqual(part, spans.marked(part, Span(1, 5), Span(1, 5)))
        self.assertEqual({**part, 'x-openstack': {'min-ver': '2.1', 'max-ver': '2.4'}},
                         spans.marked(part, Span(1, 4), Span(1, 5)))

    def test_part_keeps_what_it_said_already(self):
        part = spans.marked({}, Span(1, 5), Span(1, 5), discriminator='action')
        self.assertEqual({'x-openstack': {'discriminator': 'action', 'min-ver': '2.2',
                                          'max-ver': '2.2'}},
                         spans.marked(part, Span(2, 2), Span(1, 5)))

    def test_span_is_its_microversions(self):
        self.assertEqual(['2.9', '2.10'], list(map(str, Span(9, 10))))
        self.assertEqual(Alternative(Span(1, 1), 'x'),
                         spans.alternatives(Span(1, 1), lambda _version: 'x')[0])
