# SPDX-License-Identifier: Apache-2.0
"""Options of messages between daemons; read by nova_lite/rpc.

Where the broker is, is oslo.messaging's ``transport_url``.
"""

from oslo_config import cfg

GROUP = cfg.OptGroup('rpc', title='Messages between daemons')

OPTIONS = [
    cfg.StrOpt(
        'key_file',
        default='/etc/nova_lite/keys/rpc.key',
        help="""
The key that this process signs and checks messages with.

Controllers (api, conductor, scheduler) share one, made by "nova-lite-manage host
create_key". A compute host has a key of its own, made by "nova-lite-manage host
add NAME" on a controller, and nothing else: it can not read or make messages
between others.
"""),
    cfg.IntOpt(
        'clock_skew',
        default=60, min=0,
        help='Seconds by which the clocks of two hosts may differ.'),
    cfg.IntOpt(
        'cast_lifetime', mutable=True,
        default=300, min=10,
        help="""
Seconds after which a message that asks for no answer is too old to be believed.

Work is not lost by it: operations are announced again.
"""),
    cfg.IntOpt(
        'max_message_bytes', mutable=True,
        default=1024 * 1024, min=64 * 1024,
        help='Largest message that is sent.'),
    cfg.IntOpt(
        'threads',
        default=16, min=2,
        help='Messages that one process answers at the same time.'),
    cfg.FloatOpt(
        'default_timeout', mutable=True,
        default=30.0, min=0.1,
        help='Seconds to wait for an answer where the interface names no time.'),
    cfg.FloatOpt(
        'connect_timeout', mutable=True,
        default=2.0, min=0.1,
        help='Seconds in which the broker has to accept a connection.'),
    cfg.StrOpt(
        'management_url',
        secret=True,
        help="""
RabbitMQ's management API, with an account that has the tag "monitoring", such as
http://monitor:secret@broker:15672.

Only "nova-lite-manage queue list" asks it, for what AMQP does not tell: messages
that are delivered and not acknowledged, and queues whose names nobody knows.
"""),
    cfg.FloatOpt(
        'host_key_lifetime',
        default=10.0, min=0,
        help='Seconds for which a controller remembers whether a host may send messages; a '
             'revoked host is refused after this time at the latest.'),
    cfg.StrOpt(
        'reply_queues',
        default='auto',
        choices=[('auto', 'classic with RabbitMQ 3, which loses the leaders of young quorum queues '
                          'when it is killed; quorum with newer ones, or if it does not say what '
                          'it is in clear (TLS)'),
                 ('quorum', 'accepted by every release of RabbitMQ'),
                 ('classic', 'lighter with thousands of hosts; refused by RabbitMQ 4.3 and later')],
        help='Kind of the queues for answers and fanout. All others are fixed: quorum queues '
             'for controllers, durable classic ones for hosts.'),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_group(GROUP)
    conf.register_opts(OPTIONS, group=GROUP)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {GROUP: OPTIONS}
