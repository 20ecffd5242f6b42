# SPDX-License-Identifier: Apache-2.0
"""Options that all daemons have: state, heartbeat, up and down, processes."""

from oslo_config import cfg
from oslo_service import opts as oslo_service_opts

OPTIONS = [
    cfg.StrOpt(
        'state_path',
        default='/var/lib/nova_lite',
        help='Directory for what has to survive a restart: images, instances, networks, locks.'),
    cfg.IntOpt(
        'report_interval', mutable=True,
        default=5, min=1,
        help='Seconds between two heartbeats of a daemon.'),
    cfg.IntOpt(
        'service_down_time',
        default=20, min=2,
        help="""
Seconds after its last heartbeat for which a daemon counts as up.

The leases of the operations that it runs end with it, so it must be several
times ``report_interval``. All daemons of a deployment need the same value.
"""),
    cfg.BoolOpt(
        'enable_new_services', mutable=True,
        default=True,
        help="""
Let new servers come to a compute host from its first start on.

Otherwise its service is disabled when it registers for the first time, until
somebody enables it. An option of the conductors, which keep the records.
"""),
]

WORKERS = cfg.IntOpt(
    'workers',
    default=1, min=1,
    help='Processes of this daemon. With one there is no other process that watches it; systemd '
         'does.')

USE_LOCAL = cfg.BoolOpt(
    'use_local',
    default=False,
    help="""
Let nova-lite-compute use the database itself instead of asking a conductor.

Only for a machine that is everything at once: compute.conf then needs the
database's address ([database] connection) and the key of what is kept secret there
([operations] secrets_key_file), which its user must be able to read. Messages go
on being signed with the host's own key.
""")

GROUPS = {
    'conductor': [WORKERS, USE_LOCAL],
    'scheduler': [WORKERS],
}


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_opts(OPTIONS)
    oslo_service_opts.register_service_opts(conf)
    for group, options in GROUPS.items():
        conf.register_opts(options, group=group)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {'DEFAULT': OPTIONS, **GROUPS}
