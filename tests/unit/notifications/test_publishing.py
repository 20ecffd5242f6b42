# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/notifications/publishing.py, without a broker; with one: tests/live."""

import fixtures
import oslo_messaging

from nova_lite import exception
from nova_lite.notifications import publishing, switch
from tests import base
from tests.unit.notifications import rows

ROW = {'id': 1, 'event_id': rows.UUID, 'event_type': 'instance.create.end', 'priority': 'INFO',
       'publisher_id': 'nova-compute:cmp1', 'payload': {'a': 1}, 'created_at': rows.MOMENT,
       'asked_by': {'request_id': 'req-1', 'user_id': 'fred', 'project_id': 'demo'}}


class Transport:
    """Stands for oslo.messaging's way to the broker."""

    def __init__(self):
        self.sent = []
        self.error = None
        self.is_closed = False

    def _send_notification(self, target, context, message, *, version, retry):
        if self.error:
            raise self.error
        self.sent.append((target.topic, version, message, context))

    def cleanup(self):
        self.is_closed = True


class PublisherTest(base.TestCase):

    def publisher(self, *drivers):
        self.override(switch.GROUP, driver=list(drivers))
        self.transport = Transport()
        self.useFixture(fixtures.MonkeyPatch(
            'oslo_messaging.get_notification_transport', lambda _conf: self.transport))
        return publishing.Publisher()

    def test_message_goes_to_each_topic_of_its_priority(self):
        self.override('notifications', versioned_notifications_topics=['one', 'two'])
        self.publisher('messagingv2').publish(ROW)
        self.assertEqual([('one.info', 2.0), ('two.info', 2.0)],
                         [sent[:2] for sent in self.transport.sent])

    def test_message_has_the_id_of_the_record_and_the_context_of_the_request(self):
        self.publisher('messaging').publish(ROW)
        [(_topic, version, message, context)] = self.transport.sent
        self.assertEqual((1.0, rows.UUID, 'req-1', 'demo'), (
            version, message['message_id'], context['request_id'], context['tenant']))

    def test_broker_that_does_not_take_it_is_an_error(self):
        publisher = self.publisher('messagingv2')
        for error in (ConnectionRefusedError(), oslo_messaging.MessageDeliveryFailure()):
            self.transport.error = error
            self.assertRaises(exception.BrokerUnavailable, publisher.publish, ROW)

    def test_log_needs_no_broker(self):
        self.publisher('log').publish(ROW)
        self.assertIn(rows.UUID, self.logs.output)
        self.assertEqual([], self.transport.sent)

    def test_driver_that_is_not_offered_is_refused_at_the_start(self):
        error = self.assertRaises(
            exception.NotificationDriverUnknown, self.publisher, 'routing')
        self.assertIn('log, messaging, messagingv2, noop', str(error))

    def test_connections_are_closed(self):
        publisher = self.publisher('messagingv2')
        publisher.close()
        self.assertFalse(self.transport.is_closed)
        publisher.publish(ROW)
        publisher.close()
        self.assertTrue(self.transport.is_closed)
