# SPDX-License-Identifier: Apache-2.0
"""Options of the config drive; read by nova_lite/instance_metadata/config_drive.py."""

from oslo_config import cfg

OPTIONS = [
    cfg.BoolOpt(
        'force_config_drive', mutable=True,
        default=False,
        help="""
Give every server a config drive, whether it was asked for or not.

A compute host reads this when it builds a server.
"""),
]

API_OPTIONS = [
    cfg.StrOpt(
        'config_drive_skip_versions', mutable=True,
        default='1.0 2007-01-19 2007-03-01 2007-08-29 2007-10-10 2007-12-15 2008-02-01 2008-09-01',
        help="""
Versions of the EC2 metadata that the config drive does not carry, separated by spaces.

Guests read the newest version that they know; the old ones only make the
drive larger. The metadata service offers all of them.
"""),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_opts(OPTIONS)
    conf.register_opts(API_OPTIONS, group='api')


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {'DEFAULT': OPTIONS, 'api': API_OPTIONS}
