# SPDX-License-Identifier: Apache-2.0
"""Messages between daemons: the front door.

The rpcapi.py of a component has a ``Client``, nova_lite/service.py has a
``Server`` with the component's manager. ``init`` has said before who this
process is and which key it signs with.

What crosses the wire is primitives in a signed envelope (envelope.py) that
binds sender, recipient, method, arguments and context; the answer is signed
too. The bus below only transports: broker.py is oslo.messaging over RabbitMQ,
tests have one in their process. What RabbitMQ's permissions add is written
down in accounts.py.
"""

from nova_lite import guru
from nova_lite.exception.rpc import (  # noqa: F401
    BrokerUnavailable,
    MessageRefused,
    MessageTooLarge,
    MessagingTimeout,
    RecipientUnknown,
)
from nova_lite.rpc import broker, identity, pending
from nova_lite.rpc.client import Client
from nova_lite.rpc.identity import Sender
from nova_lite.rpc.server import Server, serving

__all__ = ['Client', 'Sender', 'Server', 'cleanup', 'described', 'init', 'is_reachable', 'set_bus']


def init(conf, *, host, binary):
    """Say who this process is; connections are made when they are needed.

    :param host: name of the host, as in ``[DEFAULT] host``
    :param binary: name of the daemon, such as nova-lite-conductor
    :raises KeyFileUnusable: without a key nothing can be sent or believed
    """
    identity.set_process(identity.Identity.from_file(conf, host=host, binary=binary))
    guru.add('Messages', described)


def set_bus(bus):
    """Use another transport than the broker; None goes back to the broker.

    :param bus: has ``client_for(topic)``, ``serve(topic, host, dispatcher)``
        and ``close()``, as broker.Broker has
    """
    identity.set_bus(bus)


def is_reachable():
    """Whether the broker accepts connections now; asks it."""
    return identity.bus().is_reachable()


def described():
    """Answer what a guru meditation report says of messages; waits for nothing."""
    return {'sends as': identity.described(),
            'serves': ', '.join(sorted(serving)) or 'no queue',
            'waits for': '; '.join(pending.questions.described()) or 'nothing',
            'answers': '; '.join(pending.requests.described()) or 'nothing'}


def cleanup():
    """Close all connections of this process."""
    identity.close()


identity.set_default_bus(broker.Broker)
