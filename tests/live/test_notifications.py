# SPDX-License-Identifier: Apache-2.0
"""Notifications by a real RabbitMQ, as a consumer of Nova's would read them."""

import json
import threading

import oslo_messaging
from oslo_config import cfg
from oslo_messaging.notify import dispatcher

from tests.fixtures import boot_sector
from tests.live import base, cloud, own_servers, services

TOPIC = 'versioned_notifications'
DURABLE = '?amqp_durable_queues=true'
"""Of a transport URL: messages outlive the broker's end; producer and consumer have to agree."""

OPTIONS = {
    'notifications': {'send_interval': 0.2, 'notify_on_state_change': 'vm_and_task_state'},
    'conductor': {'workers': 2},
}
OF_ONE_LIFE = ['instance.create.start', 'instance.create.end', 'instance.delete.start',
               'instance.delete.end']


class Consumer:
    """Collects what arrives, by oslo.messaging's listener.

    :ivar messages: (priority, event type, payload, message id) in the order of arrival
    """

    def __init__(self, url):
        conf = cfg.ConfigOpts()
        conf([], project='consumer', default_config_files=[])
        self._transport = oslo_messaging.get_notification_transport(conf, url)
        self.messages = []
        self._lock = threading.Lock()
        self._listener = oslo_messaging.get_notification_listener(
            self._transport, [oslo_messaging.Target(topic=TOPIC, exchange='nova')], [self],
            executor='threading')
        self._listener.start(override_pool_size=1)

    def info(self, context, publisher_id, event_type, payload, metadata):
        """Take a message of that priority."""
        return self._take('info', event_type, payload, metadata)

    def error(self, context, publisher_id, event_type, payload, metadata):
        """Take a message of that priority."""
        return self._take('error', event_type, payload, metadata)

    def _take(self, priority, event_type, payload, metadata):
        with self._lock:
            self.messages.append((priority, event_type, payload, metadata['message_id']))
        return dispatcher.NotificationResult.HANDLED

    def of_server(self, uuid):
        """Answer the types of what was told of a server's actions, each id once."""
        seen, types = set(), []
        with self._lock:
            for _priority, event_type, payload, message_id in self.messages:
                if (payload['nova_object.data'].get('uuid') == uuid and message_id not in seen
                        and event_type != 'instance.update'):
                    types.append(event_type)
                    seen.add(message_id)
        return types

    def stop(self):
        """Take no more."""
        self._listener.stop()
        self._listener.wait()
        self._transport.cleanup()


class NotificationsTest(base.LiveTestCase):
    """Two conductors send, one consumer reads."""

    def setUp(self):
        super().setUp()
        try:
            database = self.useFixture(own_servers.OwnMariaDB()).database
            self.broker = self.useFixture(own_servers.OwnRabbitMQ())
        except services.Unavailable as error:
            self.skipTest(str(error))
        notifier = self.broker.broker.add_account('notifier') + DURABLE
        self.cloud = self.useFixture(cloud.Cloud(
            broker=self.broker.broker, database=database, options={
                **OPTIONS, 'oslo_messaging_notifications': {
                    'driver': 'messagingv2', 'transport_url': notifier}},
            hosts=[cloud.Host(f'told-{self.name.rsplit("_", 1)[-1]}')]))
        self.url = self.broker.broker.add_account('consumer') + DURABLE
        self.image = self.cloud.add_image('boot sector', boot_sector.disk('hello'))
        self.flavor = self.cloud.add_flavor()

    def consume(self):
        consumer = Consumer(self.url)
        self.addCleanup(consumer.stop)
        return consumer

    def live(self):
        """Let a server be made and deleted; answer its id."""
        client = self.cloud.client
        server = client.create('first', self.image, self.flavor)
        client.wait_until_active(server)
        client.delete(server)
        client.wait_until_gone(server)
        return server

    def waiting(self):
        return int(self.cloud.rows('SELECT count(*) FROM notification_outbox')[0][0])

    def test_servers_are_told_of_in_order_whatever_happens_to_broker_and_conductor(self):
        # One test, for the start of the daemons takes longer than all of it.
        self.check_that_messages_wait_in_the_broker_for_a_consumer()
        self.check_that_nothing_is_lost_while_the_broker_is_away()
        self.check_that_another_conductor_goes_on()

    def check_that_messages_wait_in_the_broker_for_a_consumer(self):
        server = self.live()
        own_servers.wait_until(lambda: not self.waiting(), 'an empty outbox')
        consumer = self.consume()
        own_servers.wait_until(
            lambda: consumer.of_server(server) == OF_ONE_LIFE, 'the life of a server')
        self.assertIn('service.create', [message[1] for message in consumer.messages])
        self.assertNotIn('user_data', json.dumps([message[2] for message in consumer.messages]))
        consumer.stop()

    def check_that_nothing_is_lost_while_the_broker_is_away(self):
        server = self.cloud.client.create('second', self.image, self.flavor)
        self.cloud.client.wait_until_active(server)
        own_servers.wait_until(lambda: not self.waiting(), 'an empty outbox')
        self.broker.kill()
        self.cloud.client.delete(server)
        own_servers.wait_until(self.waiting, 'something in the outbox')
        self.broker.start()
        self.cloud.client.wait_until_gone(server)
        own_servers.wait_until(lambda: not self.waiting(), 'an empty outbox')
        consumer = self.consume()
        own_servers.wait_until(
            lambda: consumer.of_server(server) == OF_ONE_LIFE, 'the life of a server')
        consumer.stop()

    def check_that_another_conductor_goes_on(self):
        consumer = self.consume()
        server = self.live()
        self.cloud.daemons['conductor'].kill()
        self.cloud.daemons['conductor'].start()
        self.cloud.daemons['conductor'].wait_until_it_serves()
        own_servers.wait_until(
            lambda: consumer.of_server(server) == OF_ONE_LIFE, 'the life of a server')
