# SPDX-License-Identifier: Apache-2.0
"""Options of the durable operation."""

from oslo_config import cfg

GROUP = cfg.OptGroup('operations', title='Durable operations')

OPTS = [
    cfg.FloatOpt(
        'sweep_interval', mutable=True, default=5.0, min=0.1,
        help='Seconds between two passes of a conductor over unfinished operations.'),
    cfg.FloatOpt(
        'wake_up_again_after', mutable=True, default=5.0, min=0.1,
        help='Seconds after which an operation that nobody has taken is announced again.'),
    cfg.IntOpt(
        'workers', default=8, min=1,
        help='Operations that one daemon runs at a time; others wait in line.'),
    cfg.IntOpt(
        'max_attempts_on_host', mutable=True, default=3, min=1,
        help='Times that a host tries a phase whose undo failed before the server goes to error.'),
    cfg.StrOpt(
        'secrets_key_file', default='/etc/nova_lite/keys/secrets.key',
        help='Key (Fernet) that protects passwords and files of unfinished operations. '
             'Controllers only; made by "nova-lite-manage operation create_key".'),
    cfg.IntOpt(
        'idempotency_key_lifetime', mutable=True, default=86400, min=60,
        help='Seconds for which the answer to a request with an Idempotency-Key is kept.'),
]


def register_opts(conf):
    """Register the group."""
    conf.register_group(GROUP)
    conf.register_opts(OPTS, group=GROUP)


def list_opts():
    """Answer the options for the sample file."""
    return {GROUP: OPTS}
