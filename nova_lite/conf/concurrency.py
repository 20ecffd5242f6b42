# SPDX-License-Identifier: Apache-2.0
"""Options that choose between green and native threads.

They decide what is loaded, so nova_lite/concurrency.py has them and
cmd/launch.py reads them before everything else.
"""

from nova_lite import concurrency


def register_opts(conf):
    """Add the options to a configuration."""
    for group, options in concurrency.OPTIONS.items():
        conf.register_opts(options, group=group)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return dict(concurrency.OPTIONS)
