# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/notification_outbox.py: rows and the lease."""

import datetime

from oslo_utils import fixture as utils_fixture

from nova_lite.db.stores import notification_outbox as store
from nova_lite.notifications import form
from tests import base
from tests.fixtures import database, records
from tests.unit.notifications import rows


class OutboxTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.clock = self.useFixture(utils_fixture.TimeFixture(datetime.datetime(2026, 1, 1)))
        self.context = records.caller()

    def add(self, *names):
        store.add(self.context, [form.Event(name, 'x', 'nova-api:here', {'a': [1]})
                                 for name in names], rows.INITIATOR)

    def test_page_is_the_oldest_in_their_order(self):
        self.add('first', 'second')
        self.add('third')
        page = store.page(self.context, 2)
        self.assertEqual(['first', 'second'], [row['event_type'] for row in page])
        self.assertEqual(({'a': [1]}, 'anna'), (page[0]['payload'], page[0]['asked_by']['user_id']))
        store.remove(self.context, [row['id'] for row in page])
        self.assertEqual(['third'], [row['event_type'] for row in store.page(self.context, 9)])

    def test_each_has_an_id_of_its_own(self):
        self.add('first', 'second')
        self.assertEqual(2, len({row['event_id'] for row in store.page(self.context, 9)}))

    def test_depth_says_how_long_the_oldest_waits(self):
        self.assertEqual({'waiting': 0, 'oldest': 0.0}, store.depth(self.context))
        self.add('first')
        self.clock.advance_time_seconds(7)
        self.add('second')
        self.assertEqual({'waiting': 2, 'oldest': 7.0}, store.depth(self.context))

    def test_lease_is_one_owners_until_it_ends(self):
        self.assertTrue(store.acquire(self.context, 'me', 30))
        self.assertFalse(store.acquire(self.context, 'other', 30))
        self.clock.advance_time_seconds(20)
        self.assertTrue(store.acquire(self.context, 'me', 30))
        self.clock.advance_time_seconds(20)
        self.assertFalse(store.acquire(self.context, 'other', 30))
        self.clock.advance_time_seconds(11)
        self.assertTrue(store.acquire(self.context, 'other', 30))

    def test_lease_that_is_given_back_is_free_at_once(self):
        store.acquire(self.context, 'me', 30)
        store.release(self.context, 'other')
        self.assertFalse(store.acquire(self.context, 'other', 30))
        store.release(self.context, 'me')
        self.assertTrue(store.acquire(self.context, 'other', 30))
