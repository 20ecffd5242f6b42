# SPDX-License-Identifier: Apache-2.0
"""Options of the archive; read by "nova-lite-manage db archive_deleted_rows"."""

from oslo_config import cfg

GROUP = cfg.OptGroup('archive', title='What is taken out of the live tables')

OPTS = [
    cfg.IntOpt(
        'decisions_kept_days', default=30, min=0,
        help='Days after which "nova-lite-manage db archive_deleted_rows" archives a decision of '
             'the scheduler although its server is there still. Those of a deleted server go '
             'with it. 0 archives them with their server only.'),
]


def register_opts(conf):
    """Register the group."""
    conf.register_group(GROUP)
    conf.register_opts(OPTS, group=GROUP)


def list_opts():
    """Answer the options for the sample file."""
    return {GROUP: OPTS}
