# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/idempotency.py: the first answer is the answer."""

from nova_lite import exception
from nova_lite.compute.requests import idempotency
from tests import base
from tests.fixtures import database, records


class IdempotencyTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller()

    def request(self, key='order-1', body_hash='abc', **changes):
        return records.request(idempotency_key=key, body_hash=body_hash, **changes)

    def record(self, **changes):
        wanted = {'idempotency_key': 'order-1', 'body_hash': 'abc', **changes}
        rows, _operation_id = records.servers(self.context, **wanted)
        return [row['uuid'] for row in rows]

    def answer(self, request):
        rows = idempotency.first_answer(self.context, request)
        return rows and [row['uuid'] for row in rows]

    def test_key_that_is_new_has_no_answer(self):
        self.assertIsNone(self.answer(self.request()))

    def test_request_without_a_key_is_always_a_new_one(self):
        self.record(idempotency_key=None)
        self.assertIsNone(self.answer(self.request(key=None)))

    def test_key_answers_all_servers_of_the_first_request(self):
        made = self.record(min_count=3, max_count=3)
        self.assertEqual(made, self.answer(self.request()))

    def test_password_is_given_only_once(self):
        self.record(admin_password='geheim')
        request = self.request(admin_password='another')
        self.answer(request)
        self.assertIsNone(request.admin_password)

    def test_key_with_another_body_is_refused(self):
        self.record()
        error = self.assertRaises(exception.IdempotencyKeyReused, self.answer,
                                  self.request(body_hash='xyz'))
        self.assertEqual(422, error.code)

    def test_second_record_of_a_key_is_refused(self):
        self.record()
        self.assertRaises(exception.IdempotencyKeyTaken, idempotency.remember, self.context,
                          self.request(), 'r-2')
