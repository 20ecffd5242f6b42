# SPDX-License-Identifier: Apache-2.0
"""Whether a daemon has a page with figures, and where. Loads nothing of what measures."""

from oslo_config import cfg

CONF = cfg.CONF

PREFIX = 'nova-lite-'


def of(binary):
    """Answer host and port of a daemon's page; None if it has none.

    :param binary: its name, such as nova-lite-conductor
    """
    port = CONF.metrics[f'{binary.removeprefix(PREFIX)}_port'] if CONF.metrics.enabled else 0
    return (CONF.metrics.listen, port) if port else None
