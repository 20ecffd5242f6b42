# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/validation.py: what errors say, what the legacy API bends.

What is surprising about input is in test_hostile_input.py.
"""

from nova_lite import exception
from nova_lite.api.openstack import validation
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
