# SPDX-License-Identifier: Apache-2.0
"""Options of where images come from; read by nova_lite/image.

[glance] has the options of sessions too, which nova_lite/keystone_sessions.py registers.
"""

import importlib

from oslo_config import cfg

GROUP = cfg.OptGroup(
    'image',
    title='Images',
    help='Where images come from. The built-in store keeps them as files.')

GLANCE = cfg.OptGroup(
    'glance',
    title='Glance',
    help="""
How Glance is asked, where images come from it.

A user's request is done with the user's token. What goes on afterwards, such as the
download by a compute host, is done by the user named here, who needs the role "admin" to
see images of all projects; without auth_type it is the user of [service_user].
""")

OPTIONS = [
    cfg.StrOpt(
        'store',
        choices=[('glance', 'the image service of OpenStack'),
                 ('files', 'the built-in store, for which directory is')],
        help="""
Where images come from.

Unset, it is Glance, or files with [api] auth_strategy = noauth2. The API, the compute
hosts and nova-lite-manage have to say the same.
"""),
    cfg.StrOpt(
        'directory',
        default='$state_path/images',
        help="""
Directory of the built-in image store.

Each image is a directory of its own with a record and the bytes. The API, the
conductor, nova-lite-manage and every compute host read it, so with several
hosts it has to lie on a shared file system. What nova-lite-manage creates as
root belongs to the owner and the group of this directory.
"""),
    cfg.IntOpt(
        'chunk_size_kb',
        default=1024, min=64, max=65536,
        help='KB that are read, hashed and written at a time when an image is copied.'),
]


GLANCE_OPTIONS = [
    cfg.IntOpt(
        'num_retries',
        default=3, min=0,
        help="""
How often a request is repeated that Glance did not answer, or with 503; the pauses between
become longer.

A download that breaks off goes on where it broke, and is given up after so many attempts
that brought nothing.
"""),
]


def register_opts(conf):
    """Add the options to a configuration."""
    for group, options in ((GROUP, OPTIONS), (GLANCE, GLANCE_OPTIONS)):
        conf.register_group(group)
        conf.register_opts(options, group=group)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    sessions = importlib.import_module('nova_lite.keystone_sessions')
    return {GROUP: OPTIONS, GLANCE: [*GLANCE_OPTIONS, *sessions.session_options(),
                                     *sessions.adapter_options()]}
