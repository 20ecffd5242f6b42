# SPDX-License-Identifier: Apache-2.0
"""What oslo.messaging is made to do by its inner parts; the rest is asked of a real broker."""

from oslo_messaging._drivers import amqpdriver

from nova_lite.rpc import broker
from tests import base


class MissedQueueTest(base.TestCase):

    def test_queue_that_was_missed_is_tried_again_soon(self):
        missed = amqpdriver.ObsoleteReplyQueuesCache()
        missed.add('reply_cmp1:nova-lite-compute.0:1', 'a message')
        self.assertFalse(missed.reply_q_valid('reply_cmp1:nova-lite-compute.0:1', 'another'))
        self.assertEqual(broker.MISSED_FOR, missed._cache.ttl)
