# SPDX-License-Identifier: Apache-2.0
"""Options that keep messages understandable for daemons of an older release.

Read by nova_lite/rpc/versions.py.
"""

from oslo_config import cfg

GROUP = cfg.OptGroup('upgrade_levels', title='Versions of messages during an upgrade')

OPTIONS = [
    cfg.StrOpt(
        topic,
        mutable=True,
        regex=r'^(auto|\d+\.\d+)$',
        help=f"""
Newest version of the {topic} interface that may be used, such as 1.2.

"auto" finds out from the records of the running services, several times a
minute. Unset: the newest. Read again on SIGHUP.
""") for topic in ('compute', 'conductor', 'scheduler')
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_group(GROUP)
    conf.register_opts(OPTIONS, group=GROUP)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {GROUP: OPTIONS}
