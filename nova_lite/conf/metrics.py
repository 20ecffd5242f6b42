# SPDX-License-Identifier: Apache-2.0
"""Options of the page with a daemon's figures; read by nova_lite/metrics."""

from oslo_config import cfg

GROUP = cfg.OptGroup('metrics', title='Figures for Prometheus')


def _port(daemon, number):
    return cfg.PortOpt(
        f'{daemon}_port', default=number, min=0,
        help=f'Port of the page of nova-lite-{daemon}; 0: it has none. Needs a restart.')


OPTIONS = [
    cfg.BoolOpt(
        'enabled',
        default=False,
        help="""
Measure, and let Prometheus read the figures of each daemon from a page of its own, /metrics.

Without it nothing is measured, and what measures is not loaded. Needs a restart.
"""),
    cfg.HostAddressOpt(
        'listen',
        default='127.0.0.1',
        help="""
Address at which all daemons of this machine have their pages.

Whoever reaches it can read them: nobody is asked who he is. Give the address of
a network that only the operators use. Needs a restart.
"""),
    _port('api', 18774),
    _port('conductor', 18775),
    _port('scheduler', 18776),
    _port('compute', 18777),
    cfg.StrOpt(
        'directory',
        default='$state_path/metrics',
        help="""
Directory for the figures of daemons with several processes.

Each process writes its own there, and whichever is asked answers for all. They
are small and written often, so memory (tmpfs) is a good place. They are removed
at the start of the daemon. Needs a restart.
"""),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_group(GROUP)
    conf.register_opts(OPTIONS, group=GROUP)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {GROUP: OPTIONS}
