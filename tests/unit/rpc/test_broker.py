# SPDX-License-Identifier: Apache-2.0
"""What oslo.messaging is made to do by its inner parts; the rest is asked of a real broker."""

from unittest import mock

import oslo_messaging
from kombu.transport import pyamqp
from oslo_messaging._drivers import amqpdriver

from nova_lite import exception
from nova_lite.rpc import broker
from tests import base


class MissedQueueTest(base.TestCase):

    def test_queue_that_was_missed_is_tried_again_soon(self):
        missed = amqpdriver.ObsoleteReplyQueuesCache()
        missed.add('reply_cmp1:nova-lite-compute.0:1', 'a message')
        self.assertFalse(missed.reply_q_valid('reply_cmp1:nova-lite-compute.0:1', 'another'))
        self.assertEqual(broker.MISSED_FOR, missed._cache.ttl)


class FrameTest(base.TestCase):
    """The buffer that a connection keeps is as long as a frame."""

    def test_frames_are_not_as_long_as_the_broker_proposes(self):
        connection = pyamqp.Transport.Connection('nowhere:5672')
        connection.frame_max = 131072
        self.assertEqual(broker.FRAME_MAX, connection.frame_max)

    def test_a_broker_may_want_shorter_ones(self):
        connection = pyamqp.Transport.Connection('nowhere:5672')
        connection.frame_max = 8192
        self.assertEqual(8192, connection.frame_max)


class UncheckedMessageTest(base.TestCase):

    def test_message_that_could_not_be_checked_may_be_sent_again(self):
        lost = oslo_messaging.RemoteError('DatabaseUnavailable', 'it is away', [])
        recipient = mock.Mock(call=mock.Mock(side_effect=lost))
        sender = broker.Broker.client_for(mock.Mock(needs_probe=False), 'conductor')
        with mock.patch.object(oslo_messaging, 'get_rpc_client', return_value=recipient):
            error = self.assertRaises(
                exception.RecipientFailed, sender.call, {}, 'ping', host=None, timeout=1)
        self.assertIsInstance(error, exception.ServiceUnavailable)
