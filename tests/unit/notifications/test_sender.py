# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/notifications/sender.py: several senders, breaks, ends."""

from nova_lite import exception
from nova_lite.db.stores import notification_outbox as store
from nova_lite.notifications import form, sender
from tests import base
from tests.fixtures import database, notifications, records
from tests.unit.notifications import rows


class SenderTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.consumer = self.useFixture(notifications.Consumer())
        self.context = records.caller(is_admin=True)

    def add(self, *names):
        store.add(self.context, [form.Event(name, 'x', 'nova-api:here', {'nova_object.data': {}})
                                 for name in names], rows.INITIATOR)

    def waiting(self):
        return store.depth(self.context)['waiting']

    def test_everything_is_sent_in_its_order_and_removed(self):
        names = [f'event {number}' for number in range(2 * sender.PAGE + 1)]
        self.add(*names)
        self.assertEqual(len(names), sender.Sender('me').send())
        self.assertEqual((names, 0), (self.consumer.types(), self.waiting()))

    def test_it_tells_how_many_it_has_seen_waiting(self):
        one = sender.Sender('me')
        self.assertEqual('not looked at yet', one.described())
        self.add('first', 'second')
        one.send()
        self.assertIn('2 notification(s) waited', one.described())
        one.send()
        self.assertIn('0 notification(s) waited', one.described())

    def test_nothing_is_written_while_nothing_waits(self):
        with self.database.statements() as sent:
            self.assertEqual(0, sender.Sender('me').send())
        self.assertEqual(1, len(sent))

    def test_what_was_sent_before_the_broker_went_is_not_sent_again(self):
        self.add('first', 'second')
        taken = self.consumer.publish

        def take_one(row):
            if self.consumer.messages:
                raise exception.BrokerUnavailable(method='notify', recipient='x')
            taken(row)

        self.consumer.publish = take_one
        self.assertRaises(exception.BrokerUnavailable, sender.Sender('me').send)
        self.consumer.publish = taken
        sender.Sender('me').send()
        self.assertEqual(['first', 'second'], self.consumer.types())

    def test_one_conductor_sends_at_a_time_until_it_stops(self):
        mine, other = sender.Sender('me'), sender.Sender('other')
        self.add('first')
        mine.send()
        self.add('second')
        self.assertEqual((0, 1), (other.send(), self.waiting()))
        mine.stop()
        self.assertEqual((1, 0), (other.send(), self.waiting()))

    def test_run_ends_after_its_time(self):
        times = iter((0, *[0] * 3, *[sender.AT_A_TIME + 1] * 9))
        self.add(*'abcdef')
        self.assertEqual(3, sender.Sender('me', clock=lambda: next(times)).send())
        self.assertEqual(3, self.waiting())

    def test_stop_without_a_database_is_no_error(self):
        def away(context, owner):
            raise exception.DatabaseUnavailable()
        self.useFixture(notifications.fixtures.MonkeyPatch(
            'nova_lite.db.stores.notification_outbox.release', away))
        sender.Sender('me').stop()


class SilentSenderTest(base.TestCase):

    def test_without_a_driver_nothing_is_asked(self):
        silent = sender.Sender('me')
        self.assertEqual(0, silent.send())
        silent.stop()
