# SPDX-License-Identifier: Apache-2.0
"""Options of availability zones; which zone a host is in, the aggregates say."""

from oslo_config import cfg

OPTIONS = [
    cfg.StrOpt(
        'default_availability_zone',
        default='nova',
        help="""
Availability zone of a compute host that no aggregate gives one.

In a compute host's own configuration it is the zone that this host registers
itself in; an aggregate's goes before it.
"""),
    cfg.StrOpt(
        'internal_service_availability_zone',
        default='internal',
        help='Availability zone that services other than compute are shown in.'),
    cfg.StrOpt(
        'default_schedule_zone', mutable=True,
        help="""
Availability zone of servers for which none is asked for. Without it they may
go to any, and are not bound to the one that they come to.
"""),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_opts(OPTIONS)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {'DEFAULT': OPTIONS}
