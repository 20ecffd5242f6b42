# SPDX-License-Identifier: Apache-2.0
"""Options that all daemons have: state, heartbeat, up and down."""

from oslo_config import cfg

OPTIONS = [
    cfg.StrOpt(
        'state_path',
        default='/var/lib/nova_lite',
        help='Directory for what has to survive a restart: images, instances, networks, locks.'),
    cfg.IntOpt(
        'report_interval',
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
    cfg.StrOpt(
        'default_availability_zone',
        default='nova',
        help='Availability zone of compute hosts that are in no other.'),
    cfg.IntOpt(
        'graceful_shutdown_timeout',
        default=60, min=0,
        help='Seconds that a daemon which is told to stop waits for its running work; what is '
             'unfinished then goes on after the next start, here or elsewhere.'),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_opts(OPTIONS)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {'DEFAULT': OPTIONS}
