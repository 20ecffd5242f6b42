# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/idempotency.py: a key is good once, for one user, for a time."""

from oslo_utils import fixture as utils_fixture

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import idempotency
from tests import base
from tests.fixtures import database, records


class KeysTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.clock = self.useFixture(utils_fixture.TimeFixture())
        self.override('operations', idempotency_key_lifetime=100)
        self.context = records.caller()
        idempotency.remember(self.context, 'order', 'hash', 'r-1')

    def find(self, key='order', body_hash='hash', context=None):
        return idempotency.find(context or self.context, key, body_hash)

    def test_key_answers_the_reservation_that_it_made(self):
        self.assertEqual('r-1', self.find())
        self.assertIsNone(self.find('another'))

    def test_key_is_one_users_in_one_project(self):
        for context in (records.caller('anna'), records.caller('fred', 'other')):
            self.assertIsNone(self.find(context=context))
            idempotency.remember(context, 'order', 'other', 'r-2')
        self.assertEqual('r-1', self.find())

    def test_same_key_with_another_body_is_refused(self):
        self.assertRaises(exception.IdempotencyKeyReused, self.find, body_hash='other')

    def test_key_is_recorded_once(self):
        self.assertRaises(exception.IdempotencyKeyTaken, idempotency.remember, self.context,
                          'order', 'hash', 'r-2')
        self.assertEqual('r-1', self.find())

    def test_key_whose_time_is_over_is_new_again(self):
        self.clock.advance_time_seconds(101)
        self.assertIsNone(self.find(body_hash='other'))
        idempotency.remember(self.context, 'order', 'other', 'r-2')
        self.assertEqual('r-2', self.find(body_hash='other'))

    def test_key_goes_with_the_transaction_that_made_it(self):
        def fail():
            with engine.writer():
                idempotency.remember(self.context, 'late', 'hash', 'r-3')
                raise ZeroDivisionError
        self.assertRaises(ZeroDivisionError, fail)
        self.assertIsNone(self.find('late'))
