# SPDX-License-Identifier: Apache-2.0
"""Which kind the queues for answers and fanout are: what the broker's release is best at.

RabbitMQ 3 accepts classic queues that go with their connection. It also has
quorum queues, but one that is a second old when the broker is killed has no
leader after the broker's return: whoever consumes from it or writes to it waits
for ever, and the broker goes on giving messages of other queues to a process
that died while it waited. Newer releases refuse what is classic and not durable.
"""

import socket

import amqp
from oslo_log import log

LOG = log.getLogger(__name__)

AUTO = 'auto'
QUORUM = 'quorum'
CLASSIC = 'classic'
FIRST_FOR_QUORUM = 4


def kind_for(setting, hosts, virtual_host, *, timeout):
    """Answer QUORUM or CLASSIC.

    :param setting: [rpc] reply_queues
    :param hosts: oslo.messaging's TransportHosts of the broker
    :raises OSError: if the broker has to be asked and none of the hosts answers
    """
    if setting != AUTO:
        return setting
    release = _release(hosts, virtual_host, timeout)
    kind = QUORUM if release is None or release >= FIRST_FOR_QUORUM else CLASSIC
    LOG.debug('Queues for answers are of kind %s, for RabbitMQ %s', kind, release)
    return kind


def _release(hosts, virtual_host, timeout):
    """Answer the first number of the release; None if the broker does not tell it in clear."""
    trouble = OSError('the transport_url names no host')
    for host in hosts:
        address = (host.hostname, host.port or 5672)
        try:
            socket.create_connection(address, timeout=timeout).close()
        except OSError as error:
            trouble = error
            continue
        connection = amqp.Connection(
            f'{address[0]}:{address[1]}', userid=host.username, password=host.password,
            virtual_host=virtual_host or '/', connect_timeout=timeout, read_timeout=timeout)
        return _told_by(connection)
    raise trouble


def _told_by(connection):
    try:
        connection.connect()
    except (OSError, amqp.AMQPError) as error:
        # A broker that refuses the account has told its release before that.
        LOG.debug('The broker was asked for its release: %s', error)
    number = str(connection.server_properties.get('version')).partition('.')[0]
    connection.collect()
    return int(number) if number.isdigit() else None
