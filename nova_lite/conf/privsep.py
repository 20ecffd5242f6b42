# SPDX-License-Identifier: Apache-2.0
"""Options of the helper that does what only root may do; read by nova_lite/privsep.

oslo.privsep has a group of its own for each context (``nova_lite_network``,
``nova_lite_console``) in which everything can be set one by one.
"""

from oslo_config import cfg

GROUP = cfg.OptGroup('privsep', title='Work that needs root')

OPTIONS = [
    cfg.StrOpt(
        'root_helper',
        default='sudo -n',
        help="""
Command that starts the helper as root, from a daemon that is not root.

/etc/sudoers.d/nova-lite allows exactly this helper and nothing else. A daemon that is
root already uses no helper.
"""),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_group(GROUP)
    conf.register_opts(OPTIONS, group=GROUP)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {GROUP: OPTIONS}
