# SPDX-License-Identifier: Apache-2.0
"""The broker account of a compute host: what RabbitMQ enforces, what the envelope does.

RabbitMQ enforces, by the permissions below, that a host
 * declares and deletes only queues and exchanges whose names begin with its own,
 * reads only its own queues, and binds them only to its own routing keys, so it
   sees no message that is not for it,
 * publishes by the topic exchange to the conductors only.

RabbitMQ can't restrict the default exchange, by which answers go to the queue
of whoever asked: a host may put a message into any queue whose name it knows.
The envelope makes that useless. A server refuses what is not signed with the
key that it shares with the claimed sender, what is for another recipient, what
came before, and whatever a host sends to anybody but a conductor; an answer
counts only if it is signed for that very request.

Neither stops a host from sending very many messages; the operator revokes it.
"""

import dataclasses
import re
import subprocess

from nova_lite import exception
from nova_lite.rpc import broker

USER_PREFIX = 'nova_lite-compute-'
VALID_HOST = re.compile(r'^[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$')
"""Without underscore and colon, which end the host's part of a queue's name."""

COMMAND_TIMEOUT = 60


def check_name(host):
    """Refuse a host name that could be mistaken for part of another's queue.

    :raises HostNameInvalid: if it has other characters than letters, digits, dots, hyphens
    """
    if not VALID_HOST.match(host):
        raise exception.HostNameInvalid(host=host)


@dataclasses.dataclass(frozen=True)
class Permissions:
    """Regular expressions as RabbitMQ takes them."""

    configure: str
    write: str
    read: str
    topic_write: str
    topic_read: str


def user_of(host):
    """Answer the name of a host's account."""
    return USER_PREFIX + host


def permissions_of(host):
    """Answer what a host's account may do."""
    own = re.escape(broker.queue_of('compute', host))
    requests = rf'{own}(\.{broker.OWN})?'
    fanout = rf'{own}_fanout(_.*)?'
    answers = rf'reply_{re.escape(host)}:.*'
    mine = rf'{requests}|{fanout}|{answers}'
    exchange = re.escape(broker.EXCHANGE)
    return Permissions(
        configure=f'^({mine})$',
        write=rf'^({mine}|{exchange}|amq\.default)$',
        read=f'^({mine}|{exchange})$',
        topic_write=f'^{re.escape(broker.queue_of("conductor"))}$',
        topic_read=f'^{requests}$')


def commands_to_add(host, vhost):
    """Answer the rabbitmqctl commands that give a host its rights, once it has an account."""
    user, allowed = user_of(host), permissions_of(host)
    return [
        ['set_permissions', '-p', vhost, user, allowed.configure, allowed.write, allowed.read],
        ['set_topic_permissions', '-p', vhost, user, broker.EXCHANGE, allowed.topic_write,
         allowed.topic_read],
    ]


def add(host, vhost, password):
    """Make the account of a host, or give the one that is there a new password.

    :raises BrokerCommandFailed: with what rabbitmqctl complains of
    """
    user = user_of(host)
    # The password goes by standard input: the command line is for everybody to see.
    try:
        _run('add_user', user, stdin=password + '\n')
    except exception.BrokerCommandFailed:
        _run('change_password', user, stdin=password + '\n')
    for command in commands_to_add(host, vhost):
        _run(*command)


def remove(host):
    """Delete the account of a host, which also closes its connections."""
    _run('delete_user', user_of(host))


def _run(*command, stdin=None):
    try:
        done = subprocess.run(['rabbitmqctl', '-q', *command], input=stdin, capture_output=True,
                              text=True, check=False, timeout=COMMAND_TIMEOUT)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise exception.BrokerCommandFailed(command=command[0], reason=error) from error
    if done.returncode != 0:
        complaint = (done.stderr or done.stdout).strip().splitlines() or ['no message']
        raise exception.BrokerCommandFailed(command=command[0], reason=complaint[-1])
    return done.stdout
