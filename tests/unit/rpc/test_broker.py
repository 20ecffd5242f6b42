# SPDX-License-Identifier: Apache-2.0
"""What oslo.messaging is made to do by its inner parts; the rest is asked of a real broker."""

from unittest import mock

import oslo_messaging
from kombu.transport import pyamqp
from oslo_messaging._drivers import amqpdriver

from nova_lite import conf, exception
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


class QueueNameTest(base.TestCase):
    """oslo.messaging names a transport's queues by its process's name and a number."""

    def test_no_two_transports_of_a_process_can_share_a_queue(self):
        # Its count begins again when another deployment's process has counted on the machine.
        self.override('rpc', reply_queues='classic')
        bus = broker.Broker(conf.CONF, mock.Mock(binary='nova-lite-api'), 'rabbit://b/v')
        bus.process_name = lambda: 'nova-lite-api.0'
        with mock.patch.object(oslo_messaging, 'get_rpc_transport') as made:
            for topic in ('conductor', 'compute'):
                for serves in (False, True):
                    bus.transport(topic, serves=serves)
        names = [call.args[1].query['processname'] for call in made.call_args_list]
        self.assertEqual(4, len(set(names)))
        for name in names:
            self.assertTrue(name.startswith('nova-lite-api.0.'), name)


class UncheckedMessageTest(base.TestCase):

    def test_message_that_could_not_be_checked_may_be_sent_again(self):
        lost = oslo_messaging.RemoteError('DatabaseUnavailable', 'it is away', [])
        recipient = mock.Mock(call=mock.Mock(side_effect=lost))
        sender = broker.Broker.client_for(mock.Mock(needs_probe=False), 'conductor')
        with mock.patch.object(oslo_messaging, 'get_rpc_client', return_value=recipient):
            error = self.assertRaises(
                exception.RecipientFailed, sender.call, {}, 'ping', host=None, timeout=1)
        self.assertIsInstance(error, exception.ServiceUnavailable)
