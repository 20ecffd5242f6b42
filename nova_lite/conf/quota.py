# SPDX-License-Identifier: Apache-2.0
"""Options of how much a user or a project may have."""

from oslo_config import cfg

GROUP = cfg.OptGroup('quota', title='Quota', help='How much users and projects may have.')

OPTIONS = [
    cfg.IntOpt(
        'key_pairs',
        default=100, min=-1,
        help='Key pairs that a user may have; -1 is without limit.'),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_group(GROUP)
    conf.register_opts(OPTIONS, group=GROUP)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {GROUP: OPTIONS}
