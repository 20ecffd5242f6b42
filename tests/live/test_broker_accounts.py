# SPDX-License-Identifier: Apache-2.0
"""What a compute host's broker account may do, asked of a real RabbitMQ.

A call of rabbitmqctl takes a second, so the tests share a virtual host and its
accounts; what a test leaves in a queue is refused by the next one as no message of its own.
"""

import contextlib
import secrets
import unittest

import amqp
from oslo_concurrency import lockutils

from nova_lite import conf, context, exception, manager, rpc
from nova_lite.rpc import accounts, broker, identity, keys, reply_queues
from tests.fixtures import bus
from tests.live import base, services

PASSWORD = 'for this test only'
NEVER_STARTED = 'never-started'


class Echo(manager.Manager):
    """Answers who asked."""

    def whoami(self, context):
        return [context.sender.kind, context.sender.host]


class AccountTestCase(base.LiveTestCase):
    """Two hosts with accounts, and controllers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        try:
            base.lend('rabbitmq')
        except services.Unavailable as error:
            raise unittest.SkipTest(str(error)) from error
        cls.broker = base.Broker(f'{services.PREFIX}{base.RUN}_{secrets.token_hex(3)}')
        cls.broker.create()
        cls.addClassCleanup(cls.broker.remove)
        # Accounts are the broker's, not the virtual host's: their names carry the test's.
        cls.mine, cls.other = (f'{cls.broker.vhost}-{n}'.replace('_', '-')[-40:].lstrip('-')
                               for n in ('a', 'b'))
        for host in (cls.mine, cls.other):
            accounts.add(host, cls.broker.vhost, PASSWORD)
            cls.addClassCleanup(cls.remove_account, host)
        cls.controller_url = cls.broker.add_account('controller')

    @staticmethod
    def remove_account(host):
        """Remove a host's account, unless a test has."""
        with contextlib.suppress(exception.BrokerCommandFailed):
            accounts.remove(host)

    def setUp(self):
        super().setUp()
        lockutils.set_defaults(str(self.directory))
        self.master = keys.ControllerKeys(b'm' * keys.KEY_BYTES)
        self.hosts = bus.StaticDirectory()
        self.hosts.generations = {self.mine: 1, self.other: 1, NEVER_STARTED: 1}

    def url_of(self, host):
        user = accounts.user_of(host)
        return f'rabbit://{user}:{PASSWORD.replace(" ", "%20")}@127.0.0.1:5672/{self.broker.vhost}'

    def connection(self, host, password=PASSWORD):
        made = amqp.Connection(
            '127.0.0.1:5672', userid=accounts.user_of(host), password=password,
            virtual_host=self.broker.vhost)
        made.connect()
        self.addCleanup(made.close)
        return made

    def channel(self, host):
        return self.connection(host).channel()

    @contextlib.contextmanager
    def process(self, who, url):
        """A bus of its own with the account of who it is."""
        connected = broker.Broker(conf.CONF, who, url)
        self.addCleanup(connected.close)
        with identity.acting_as(who):
            identity._process.bus, before = connected, identity._process.bus
            try:
                yield connected
            finally:
                identity._process.bus = before

    def controller(self):
        who = identity.Identity(identity.Sender(identity.CONTROLLER, 'ctl'),
                                'nova-lite-conductor', self.master, self.hosts)
        return self.process(who, self.controller_url)

    def host(self, name):
        who = identity.Identity(identity.Sender(identity.HOST, name), 'nova-lite-compute',
                                self.master.host_keys(name, 1))
        return self.process(who, self.url_of(name))

    def serve(self, topic, host):
        server = rpc.Server(topic, host, [Echo()])
        server.start()
        self.addCleanup(server.wait)
        self.addCleanup(server.stop)


class BrokerAccountsTestCase(AccountTestCase):
    """The permissions are enough to work with, and no more."""

    def test_a_host_asks_the_conductor_and_is_asked(self):
        with self.controller():
            self.serve('conductor', 'ctl')
        with self.host(self.mine):
            self.serve('compute', self.mine)
            answer = rpc.Client('conductor').call(
                context.get_admin_context(), 'whoami', timeout=10)
        self.assertEqual(['host', self.mine], answer)
        with self.controller():
            answer = rpc.Client('compute').call(
                context.get_admin_context(), 'whoami', host=self.mine, timeout=10)
        self.assertEqual(['controller', 'ctl'], answer)

    def test_a_cast_to_a_host_that_never_started_says_so(self):
        with self.controller():
            self.assertRaises(exception.RecipientUnknown, rpc.Client('compute').cast,
                              context.get_admin_context(), 'whoami', host=NEVER_STARTED)

    def test_queues_are_of_the_kind_that_they_should_be(self):
        with self.controller():
            self.serve('conductor', 'ctl')
        with self.host(self.mine):
            self.serve('compute', self.mine)
            rpc.Client('conductor').call(context.get_admin_context(), 'whoami', timeout=10)
        listed = services.run('rabbitmqctl', '-q', '--no-table-headers', 'list_queues', '-p',
                              self.broker.vhost, 'name', 'type', 'durable')
        kinds = {line.split('\t')[0]: line.split('\t')[1:] for line in listed.splitlines()}
        self.assertEqual(['quorum', 'true'], kinds['nova_lite_v1.conductor'])
        self.assertEqual(['classic', 'true'], kinds[f'nova_lite_v1.compute.{self.mine}'])
        is_new = int(self.broker.control('version').split('.')[0]) >= reply_queues.FIRST_FOR_QUORUM
        self.assertEqual(
            'quorum' if is_new else 'classic',
            next(kind[0] for name, kind in kinds.items()
                 if name.startswith(f'reply_{self.mine}:')))

    def test_a_host_can_not_read_what_is_not_its_own(self):
        with self.controller():
            self.serve('conductor', 'ctl')
        with self.host(self.other):
            self.serve('compute', self.other)
        for queue in ('nova_lite_v1.conductor', f'nova_lite_v1.compute.{self.other}'):
            channel = self.channel(self.mine)
            self.assertRaises(amqp.AccessRefused, channel.basic_get, queue)
            channel = self.channel(self.mine)
            self.assertRaises(amqp.AccessRefused, channel.basic_consume, queue)

    def test_a_host_can_not_declare_or_delete_what_is_not_its_own(self):
        with self.controller():
            self.serve('conductor', 'ctl')
        for queue in ('nova_lite_v1.scheduler', f'nova_lite_v1.compute.{self.other}',
                      f'reply_{self.other}:nova-lite-compute:1', 'mine'):
            channel = self.channel(self.mine)
            self.assertRaises(amqp.AccessRefused, channel.queue_declare, queue, durable=True)
        channel = self.channel(self.mine)
        self.assertRaises(amqp.AccessRefused, channel.queue_delete, 'nova_lite_v1.conductor')
        for exchange in ('amq.topic', 'nova_lite_v1.conductor_fanout'):
            channel = self.channel(self.mine)
            self.assertRaises(amqp.AccessRefused, channel.exchange_delete, exchange)

    def test_a_host_can_not_have_others_messages_copied_to_its_queue(self):
        queue = f'nova_lite_v1.compute.{self.mine}'
        channel = self.channel(self.mine)
        channel.queue_declare(queue, durable=True, auto_delete=False)
        channel.queue_bind(queue, 'amq.topic', queue)
        for key in ('#', 'nova_lite_v1.conductor', 'nova_lite_v1.*',
                    f'nova_lite_v1.compute.{self.other}'):
            channel = self.channel(self.mine)
            self.assertRaises(amqp.AccessRefused, channel.queue_bind, queue, 'amq.topic', key)
        channel = self.channel(self.mine)
        self.assertRaises(amqp.AccessRefused, channel.queue_bind, queue, 'amq.rabbitmq.trace', '#')

    def test_a_host_publishes_to_the_conductor_only(self):
        with self.controller():
            self.serve('conductor', 'ctl')
        message = amqp.Message('{}')
        for key in ('nova_lite_v1.scheduler', f'nova_lite_v1.compute.{self.other}'):
            channel = self.channel(self.mine)
            channel.confirm_select()
            self.assertRaises(amqp.AccessRefused, channel.basic_publish_confirm, message,
                              exchange='amq.topic', routing_key=key)

    def test_an_old_password_is_void_and_a_revoked_account_is_cut_off(self):
        host = f'{self.other}-c'[-40:].lstrip('-')
        accounts.add(host, self.broker.vhost, PASSWORD)
        self.addCleanup(self.remove_account, host)
        accounts.add(host, self.broker.vhost, 'another password')
        self.assertRaises(amqp.AccessRefused, self.channel, host)
        connected = self.connection(host, 'another password')
        accounts.remove(host)
        self.assertRaises((amqp.ConnectionForced, OSError), connected.drain_events, timeout=10)
        self.assertRaises(amqp.AccessRefused, self.connection, host, 'another password')
