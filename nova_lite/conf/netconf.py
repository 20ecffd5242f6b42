# SPDX-License-Identifier: Apache-2.0
"""Options by which this host is known to others."""

import socket

from oslo_config import cfg
from oslo_utils import netutils

OPTIONS = [
    cfg.HostAddressOpt(
        'my_ip',
        default=netutils.get_my_ipv4(),
        sample_default='<address of the interface with the default route>',
        help="""
The address of this host that the other hosts reach it at.

It is shown as the host's address, and it is where guests' requests for metadata
go unless ``metadata_host`` says otherwise.
"""),
    cfg.HostDomainOpt(
        'host',
        default=socket.gethostname(),
        sample_default='<name of this machine>',
        help="""
The name of this host in the database and in the names of its message queues.

It need not be a name that can be resolved. It must be the same after each
restart, and no two hosts may have the same.
"""),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_opts(OPTIONS)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {'DEFAULT': OPTIONS}
