# SPDX-License-Identifier: Apache-2.0
"""The broker's queues as an operator sees them: how deep, who reads, how old, and emptying one.

Two ways to look. AMQP itself tells depth and consumers of a queue whose name is
known, needs no plugin and no right beyond that of a controller's account.
RabbitMQ's management API ([rpc] management_url) also tells what is delivered
and not yet acknowledged, and knows all names.
"""

import base64
import contextlib
import dataclasses
import json
import urllib.parse
import urllib.request

import amqp
import oslo_messaging

from nova_lite import exception
from nova_lite.rpc import broker, envelope

BROKER_ERRORS = (amqp.AMQPError, OSError)
READ_TIMEOUT = 10
COLUMNS = 'name,type,messages_ready,messages_unacknowledged,consumers'


@dataclasses.dataclass(frozen=True)
class Queue:
    """One queue.

    :ivar ready: messages that wait; None if there is no such queue
    :ivar unacked: delivered, and not yet acknowledged; None if the broker was not asked that way
    """

    name: str
    ready: int | None = None
    unacked: int | None = None
    consumers: int | None = None
    kind: str | None = None


@dataclasses.dataclass(frozen=True)
class Waiting:
    """A message that waits, without what it says.

    :ivar sender: as it claims; its signature was not checked
    :ivar age: seconds; None for a question, whose lifetime is the asker's
    :ivar expires_in: seconds until nobody believes it any more, negative if that is past
    """

    method: str
    sender: str
    age: float | None
    expires_in: float


def is_ours(name):
    """Whether a queue is this product's."""
    return name.startswith(f'{broker.PREFIX}.') or name.startswith('reply_')


class Amqp:
    """The broker, asked with the account of transport_url.

    :param conf: the configuration
    """

    def __init__(self, conf):
        self._conf = conf
        self._url = oslo_messaging.TransportURL.parse(conf)

    @property
    def virtual_host(self):
        """Where this product's queues are."""
        return self._url.virtual_host or '/'

    def look(self, queue_names):
        """Answer a Queue for each name."""
        with self._connection() as connection:
            return [_look(connection, name) for name in queue_names]

    def peek(self, name, count):
        """Answer the first messages of a queue, which stay where they are."""
        with self._connection(name) as connection:
            channel = connection.channel()
            taken = []
            while len(taken) < count and (message := channel.basic_get(name)) is not None:
                taken.append(message)
            # Given back from the last to the first, each to the place that it had.
            for message in reversed(taken):
                channel.basic_reject(message.delivery_tag, requeue=True)
            return [read(message.body, self._conf.rpc.cast_lifetime) for message in taken]

    def purge(self, name):
        """Drop what waits in a queue; answer how many messages that were."""
        with self._connection(name) as connection:
            return connection.channel().queue_purge(name)

    @contextlib.contextmanager
    def _connection(self, queue=None):
        """A connection to the first broker that answers.

        :raises QueueNotFound: if what is done with a queue inside finds none
        :raises BrokerRefused: with what the broker says
        """
        try:
            with self._connected() as connection:
                yield connection
        except amqp.NotFound as error:
            raise exception.QueueNotFound(queue=queue) from error
        except BROKER_ERRORS as error:
            raise exception.BrokerRefused(reason=_words(error)) from error

    def _connected(self):
        trouble = OSError('transport_url names no host')
        for host in self._url.hosts:
            connection = amqp.Connection(
                f'{host.hostname}:{host.port or 5672}', userid=host.username,
                password=host.password, virtual_host=self.virtual_host,
                connect_timeout=self._conf.rpc.connect_timeout, read_timeout=READ_TIMEOUT)
            try:
                connection.connect()
            except (OSError, amqp.AMQPError) as error:
                trouble = error
                continue
            return connection
        raise trouble


def _look(connection, name):
    # Each in a channel of its own: the broker closes one that has asked for what is not there.
    channel = connection.channel()
    try:
        found = channel.queue_declare(name, passive=True)
    except amqp.NotFound:
        return Queue(name)
    channel.close()
    return Queue(name, ready=found.message_count, consumers=found.consumer_count)


def read(body, cast_lifetime):
    """Answer what can be told of a message.

    :param body: as the driver of oslo.messaging has put it into the queue
    """
    try:
        outer = json.loads(json.loads(body)['oslo.message'])
        message = outer['args']['message']
        sealed = message['envelope']
        sender, expires = f'{sealed["kind"]} {sealed["host"]}', float(sealed['expires'])
    except (KeyError, TypeError, ValueError):
        return Waiting(method='unreadable', sender='unknown', age=None, expires_in=0.0)
    expires_in = expires - envelope.now()
    is_question = '_msg_id' in outer
    return Waiting(method=str(message.get('method')), sender=sender, expires_in=expires_in,
                   age=None if is_question else cast_lifetime - expires_in)


class Management:
    """RabbitMQ's management API.

    :param url: with the account, such as http://monitor:secret@broker:15672
    :param vhost: of the transport_url
    """

    def __init__(self, url, vhost, *, timeout):
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ('http', 'https') or not parts.hostname:
            raise exception.BrokerRefused(reason='[rpc] management_url is no http or https URL')
        account = ':'.join(urllib.parse.unquote(part or '')
                           for part in (parts.username, parts.password))
        where = parts.netloc.rpartition('@')[2]
        self._queues = (f'{parts.scheme}://{where}{parts.path.rstrip("/")}/api/queues/'
                        f'{urllib.parse.quote(vhost or "/", safe="")}?columns={COLUMNS}')
        self._headers = {
            'Authorization': f'Basic {base64.b64encode(account.encode()).decode()}'}
        self._timeout = timeout

    def look(self):
        """Answer a Queue for each one of this product.

        :raises BrokerRefused: if it does not answer, or not this account
        """
        # The scheme was checked: it is no file.
        asked = urllib.request.Request(self._queues, headers=self._headers)  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=self._timeout) as answer:  # noqa: S310
                rows = json.load(answer)
        except (OSError, ValueError) as error:
            raise exception.BrokerRefused(
                reason=f'[rpc] management_url: {_words(error)}') from error
        return [Queue(row['name'], ready=row.get('messages_ready', 0),
                      unacked=row.get('messages_unacknowledged', 0),
                      consumers=row.get('consumers', 0), kind=row.get('type'))
                for row in rows if is_ours(row['name'])]


def _words(error):
    return ' '.join(str(error).split()) or type(error).__name__
