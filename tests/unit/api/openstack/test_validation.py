# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/validation.py: what errors say, what the legacy API bends.

What is surprising about input is in test_hostile_input.py.
"""

from nova_lite import exception
from nova_lite.api.openstack import validation
from nova_lite.api.openstack.compute.schemas import parts
from tests import base

SCHEMA = validation.Schema({
    'type': 'object', 'additionalProperties': False, 'required': ['name'],
    'properties': {
        'name': {'type': 'string', 'maxLength': 5, validation.TRIMMED: True},
        'key': {'type': 'string', validation.NULL_IN_V2: True},
        'adminPass': {'type': 'string', 'maxLength': 5},
        'files': {'type': 'array', 'maxItems': 1, 'items': {
            'type': 'object', 'properties': {'contents': {'type': 'string', 'maxLength': 9}}}},
        'part': {'type': 'object', 'maxProperties': 1}}})


class WordsTest(base.TestCase):

    def words(self, value, schema=SCHEMA):
        return str(self.assertRaises(exception.ValidationError, schema.check, value))

    def test_place_and_value_are_told(self):
        self.assertEqual(
            "Invalid input for field/attribute name. Value: abcdef. 'abcdef' is too long",
            self.words({'name': 'abcdef'}))

    def test_what_is_missing_or_too_much_is_told(self):
        self.assertEqual("'name' is a required property", self.words({}))
        self.assertIn("('colour' was unexpected)", self.words({'name': 'a', 'colour': 'red'}))

    def test_last_name_on_the_way_to_a_value_is_its_place(self):
        uuids = {'type': 'array', 'items': {'type': 'string', 'format': 'uuid'}}
        schema = validation.Schema({'properties': {'server': {'properties': {
            'hosts': {'anyOf': [{'type': 'string', 'format': 'uuid'}, uuids]}}}}})
        place = 'Invalid input for field/attribute hosts. Value: x. '
        self.assertTrue(self.words({'server': {'hosts': 'x'}}, schema).startswith(place))
        self.assertTrue(self.words({'server': {'hosts': ['x']}}, schema).startswith(place))
        self.assertIn('attribute 0. Value: 1. ', self.words([1], validation.Schema(uuids)))

    def test_words_of_the_schema_go_before_its_pattern(self):
        schema = validation.Schema({'properties': {'name': parts.NAME}})
        self.assertEqual(
            "Invalid input for field/attribute name. Value:  x. An invalid 'name' value was "
            'provided. The name must be: printable characters. Can not start or end with '
            'whitespace.', self.words({'name': ' x'}, schema))
        self.assertIn('is not of type', self.words({'name': 1}, schema))

    def test_parameters_of_a_query_are_called_so(self):
        schema = validation.Schema(parts.query_of(parts.PAGING, others=False))
        for query, words in (({'limit': ['-1']},
                              'Invalid input for query parameters limit. Value: -1. '),
                             ({'colour': ['red']},
                              'Additional properties are not allowed ')):
            refused = self.assertRaises(
                exception.ValidationError, validation.check_query, schema, query)
            self.assertTrue(str(refused).startswith(words), refused)

    def test_secrets_are_told_nobody(self):
        secret = 'correct horse'
        for value in ({'name': 'a', 'adminPass': secret},
                      {'name': 'a', 'files': [{'contents': secret}]},
                      {'name': 'a', 'files': [{'contents': secret}, {}]},
                      {'name': 'a', 'part': {'adminPass': secret, 'user_data': [secret]}},
                      {'name': 'a', 'part': {'deep': [{'password': {'x': secret}}], 'b': 1}},
                      [{'adminPass': secret}]):
            words = self.words(value)
            self.assertNotIn(secret, words)
            self.assertIn(validation.HIDDEN, words)

    def test_value_that_is_nested_too_deeply_is_refused(self):
        value = leaf = {}
        for _level in range(5000):
            leaf['x'] = {}
            leaf = leaf['x']
        self.assertIn('nested too deeply', self.words({'name': 'a', 'part': {'a': value, 'b': 1}}))


class LegacyTest(base.TestCase):

    def bent(self, **value):
        SCHEMA.check(value, relaxed=True)
        return value

    def test_unknown_properties_and_spaces_and_nulls_are_dropped(self):
        self.assertEqual({'name': 'ab'}, self.bent(name='  ab ', colour='red', key=None))

    def test_null_is_dropped_only_where_it_may_stand_for_none(self):
        self.assertRaises(exception.ValidationError, self.bent, name=None)
        self.assertRaises(exception.ValidationError, SCHEMA.check, {'name': 'a', 'key': None})
