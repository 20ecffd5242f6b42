# SPDX-License-Identifier: Apache-2.0
"""The bus of production: oslo.messaging over RabbitMQ. Transports, believes nothing.

Queues: those of controllers' topics are quorum queues, a host's own is a
durable classic one, because thousands of Raft groups would be the first wall
and the truth is in the database anyway. The type of a queue can't be changed
in place, so the names of all queues begin with the version of the wire.

Exchange: the broker's own amq.topic. It is always there and nobody can delete
it, so no account needs the right to declare, which is the right to delete.

Names: a host's queues begin with ``nova_lite_v1.compute.HOST``, or with
``reply_HOST:``; nothing else is a host's (accounts.py). The queues that a process
has for itself are named by oslo.messaging, which counts within a process group:
two daemons that are started by themselves would share a queue, and each would get
answers that are the other's. The process's number in the name keeps them apart. It
counts in a file of the machine, from 1 again when another process group of that name
has been there; so the transports of one process have names of their own, too.
"""

import os
import socket
import threading
import time

import kombu.exceptions
import oslo_messaging
from kombu.transport import pyamqp
from oslo_log import log
from oslo_messaging._drivers import amqpdriver

from nova_lite import exception, worker_number
from nova_lite.rpc import envelope, reply_queues

LOG = log.getLogger(__name__)

PREFIX = 'nova_lite_v1'
EXCHANGE = 'amq.topic'

OWN = ':own'
"""Server name within a host's topic; a colon is in no host's name."""

SEND_RETRIES = 1
"""Once more, by a new connection: the old one may have died with the broker's last restart."""

ASK_AGAIN_AFTER = 1.0

CONNECTION_OPTIONS = {
    'use_queue_manager': 'true',
    'kombu_reconnect_delay': '0.2',
    'rabbit_retry_interval': '1',
    'rabbit_retry_backoff': '1',
    'rabbit_interval_max': '2',
    'heartbeat_timeout_threshold': '20',
    'kombu_missing_consumer_retry_timeout': '10',
}

MISSED_FOR = 2
"""Seconds for which answers to a queue that was not there are dropped without a try.

A process names its queue the same when it has lost and found the broker. oslo.messaging
reckons with names that never come back, and would drop its answers for a minute; it
has no option for that.
"""
amqpdriver.ObsoleteReplyQueuesCache.TTL = MISSED_FOR

FRAME_MAX = 16384
"""Bytes of a frame; what is longer is sent in several. amqp keeps a buffer of that size for
each connection, and a busy process has 15: with the 128 KiB that RabbitMQ proposes, they are 2 MB.
"""


class Connection(pyamqp.Transport.Connection):
    """amqp's, which takes whatever length of a frame the broker proposes."""

    @property
    def frame_max(self):
        return self._frame_max

    @frame_max.setter
    def frame_max(self, proposed):
        self._frame_max = min(proposed, FRAME_MAX)


# oslo.messaging has no option for that.
pyamqp.Transport.Connection = Connection

QUEUES_OF_CONTROLLERS = {'rabbit_quorum_queue': 'true'}
QUEUES_OF_HOSTS = {'amqp_durable_queues': 'true', 'rabbit_quorum_queue': 'false'}

BROKER_ERRORS = (oslo_messaging.MessageDeliveryFailure, kombu.exceptions.KombuError, OSError)


def queue_of(topic, host=None):
    """Answer the name of a topic's queue, or of a compute host's."""
    return f'{PREFIX}.{topic}.{host}' if host else f'{PREFIX}.{topic}'


def leave_dead_group():
    """Lead a process group of our own if the leader of the present one has ended.

    oslo.messaging's queue manager reads when the leader was started, from
    /proc, and fails without it; a shell that ends leaves its group behind.
    """
    if not os.path.exists(f'/proc/{os.getpgrp()}'):
        os.setpgid(0, 0)


class Broker:
    """The connections of one process.

    :param identity: gives the reply queues their names
    :param transport_url: None for the one of the options
    """

    def __init__(self, conf, identity, transport_url=None):
        self._conf = conf
        self._transport_url = transport_url
        self._identity = identity
        self._transports = {}
        self._kind_of_replies = None
        self._number = None
        self._lock = threading.Lock()
        self.needs_probe = True

    def process_name(self):
        """Answer what tells the queues of this process from those of any other of its host."""
        if self._number is None:
            self._number = worker_number.WorkerNumber(
                os.path.join(self._conf.state_path, 'lock'),
                f'messages.{self._identity.binary}.{self._identity.sender.host}')
        return f'{self._identity.binary}.{self._number.number}'

    def reply_queues(self):
        """Answer the names of the queues for answers to this process; a number ends each."""
        if self._number is None:
            return 'no queue yet'
        return f'reply_{self._identity.sender.host}:{self.process_name()}.*'

    def client_for(self, topic):
        """Answer what sends to a topic."""
        return _Client(self, topic)

    def serve(self, topic, host, dispatcher):
        """Take messages; waits until the broker is there.

        :returns: has stop() and wait()
        """
        if topic in envelope.CONTROLLER_TOPICS:
            target = oslo_messaging.Target(exchange=EXCHANGE, topic=queue_of(topic), server=host)
        else:
            target = oslo_messaging.Target(
                exchange=EXCHANGE, topic=queue_of(topic, host), server=OWN)
        server = oslo_messaging.get_rpc_server(
            self._patient_transport(topic), target, [_Endpoint(dispatcher)])
        server.start(override_pool_size=self._conf.rpc.threads)
        return server

    def transport(self, topic, *, serves=False):
        """Answer the transport with the kind of queue that a topic has.

        Servers have one of their own: answers are sent with endless patience, and a
        connection that was made so would make a client wait in the next outage.
        """
        key = (topic in envelope.CONTROLLER_TOPICS, serves)
        with self._lock:
            if key not in self._transports:
                leave_dead_group()
                self._transports[key] = oslo_messaging.get_rpc_transport(
                    self._conf, self._url(is_controllers=key[0], serves=serves))
            return self._transports[key]

    def _patient_transport(self, topic):
        """Answer the transport of a server, when the broker can be asked what it is."""
        while True:
            try:
                return self.transport(topic, serves=True)
            except OSError as error:
                LOG.warning('The broker is not there yet: %s', error)
                time.sleep(ASK_AGAIN_AFTER)

    def _parsed_url(self):
        return oslo_messaging.TransportURL.parse(self._conf, self._transport_url)

    def _url(self, *, is_controllers, serves):
        """The operator's transport_url; what it says of the driver's options goes first."""
        url = self._parsed_url()
        transport = f'{"controllers" if is_controllers else "hosts"}{"-in" if serves else ""}'
        options = {
            **CONNECTION_OPTIONS,
            **(QUEUES_OF_CONTROLLERS if is_controllers else QUEUES_OF_HOSTS),
            'rabbit_transient_quorum_queue': str(self._has_quorum_replies(url)).lower(),
            'rpc_conn_pool_size': str(max(30, self._conf.rpc.threads)),
            'hostname': self._identity.sender.host,
            'processname': f'{self.process_name()}.{transport}',
        }
        for name, value in options.items():
            url.query.setdefault(name, value)
        return url

    def _has_quorum_replies(self, url):
        if self._kind_of_replies is None:
            self._kind_of_replies = reply_queues.kind_for(
                self._conf.rpc.reply_queues, url.hosts, url.virtual_host,
                timeout=self._conf.rpc.connect_timeout)
        return self._kind_of_replies == reply_queues.QUORUM

    def is_reachable(self):
        """Whether a broker accepts connections now."""
        for host in self._parsed_url().hosts:
            try:
                socket.create_connection((host.hostname, host.port or 5672),
                                         timeout=self._conf.rpc.connect_timeout).close()
                return True
            except OSError as error:
                LOG.debug('Broker %s:%s does not answer: %s', host.hostname, host.port, error)
        return False

    def close(self):
        """Close all connections."""
        for transport in self._transports.values():
            transport.cleanup()
        self._transports.clear()
        if self._number is not None:
            self._number.give_back()
            self._number = None
        self.needs_probe = True


class _Client:
    """Sends to one topic."""

    def __init__(self, broker, topic):
        self._broker = broker
        self._topic = topic

    def call(self, message, method, *, host, timeout):
        """Answer what comes back."""
        return self._send('call', message, method, host=host, timeout=timeout)

    def cast(self, message, method, *, host, fanout):
        """Return when the broker has it."""
        self._send('cast', message, method, host=host, fanout=fanout)

    def _send(self, way, message, method, *, host, timeout=None, fanout=False):
        recipient = envelope.Recipient(self._topic, host)
        unavailable = exception.BrokerUnavailable(method=method, recipient=recipient)
        # The first call makes the queue for answers, for which the driver waits without
        # end. And after a failure the driver tries for seconds to find what one look tells.
        if self._broker.needs_probe and not self._broker.is_reachable():
            raise unavailable
        try:
            client = self._client(self._target(host, fanout), timeout, at_least_once=not fanout)
            reply = getattr(client, way)({}, 'deliver', message=message)
        except oslo_messaging.MessageUndeliverable as error:
            raise exception.RecipientUnknown(method=method, recipient=recipient) from error
        except oslo_messaging.MessagingTimeout as error:
            raise exception.MessagingTimeout(
                method=method, recipient=recipient, timeout=timeout) from error
        except oslo_messaging.RemoteError as error:
            # The dispatcher signs what a method raises; this came before it knew for whom.
            raise exception.RecipientFailed(method=method, recipient=recipient) from error
        except BROKER_ERRORS as error:
            self._broker.needs_probe = True
            raise unavailable from error
        if way == 'call':
            self._broker.needs_probe = False
        return reply

    def _client(self, target, timeout, *, at_least_once):
        return oslo_messaging.get_rpc_client(
            self._broker.transport(self._topic), target, timeout=timeout, retry=SEND_RETRIES,
            transport_options=oslo_messaging.TransportOptions(
                at_least_once=True) if at_least_once else None)

    def _target(self, host, fanout):
        if self._topic in envelope.CONTROLLER_TOPICS:
            return oslo_messaging.Target(
                exchange=EXCHANGE, topic=queue_of(self._topic), server=host, fanout=fanout or None)
        return oslo_messaging.Target(exchange=EXCHANGE, topic=queue_of(self._topic, host))


class _Endpoint:
    """The only endpoint that oslo.messaging knows; ours are behind the dispatcher's checks."""

    def __init__(self, dispatcher):
        self._dispatcher = dispatcher

    def deliver(self, _context, message=None, **_unknown):
        """Answer a message, whatever it is."""
        return self._dispatcher(message if isinstance(message, dict) else {})
