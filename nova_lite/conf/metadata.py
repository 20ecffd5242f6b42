# SPDX-License-Identifier: Apache-2.0
"""Options of what guests are told of themselves.

Read by nova_lite/instance_metadata (in the API for the metadata service, in
compute for the config drive) and by nova_lite/api/metadata. Where both say the
same thing, as ``dhcp_domain`` does, nova_lite.conf and compute.conf must agree.
"""

from oslo_config import cfg

OPTIONS = [
    cfg.StrOpt(
        'dhcp_domain',
        default='novalocal',
        help="""
Domain that is added to the host name which a guest is told.

Empty adds nothing. A host name that has a dot is taken as it is. The same value
belongs on the controllers and on the compute hosts.
"""),
    cfg.BoolOpt(
        'use_forwarded_for', mutable=True,
        default=False,
        help="""
Take the guest's address from the header X-Forwarded-For.

Only for a metadata service that is reached through a proxy and in no other way:
whoever can send the header chooses whose metadata is read. Of several addresses the
last one counts, which is the one that the proxy itself has added.
"""),
    cfg.IntOpt(
        'metadata_cache_expiration',
        default=15, min=0,
        help="""
Seconds for which the metadata service keeps what it knows of a server.

A starting guest asks for some twenty documents within a second. Which server has the
address is asked anew each time. 0 keeps nothing.
"""),
    cfg.StrOpt(
        'vendordata_jsonfile_path', mutable=True,
        help="""
File with a JSON object that every guest is given as its vendor data.

Compute hosts read it for the config drive, the API for the metadata service. The file
may be changed while the daemons run.
"""),
]


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_opts(OPTIONS, group='api')


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {'api': OPTIONS}
