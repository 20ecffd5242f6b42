# SPDX-License-Identifier: Apache-2.0
"""Options of the image store; read by nova_lite/image."""

from oslo_config import cfg

GROUP = cfg.OptGroup(
    'image',
    title='Images',
    help='Where images come from. The built-in store keeps them as files.')

OPTIONS = [
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


def register_opts(conf):
    """Add the options to a configuration."""
    conf.register_group(GROUP)
    conf.register_opts(OPTIONS, group=GROUP)


def list_opts():
    """Answer the options by group, for the sample configuration."""
    return {GROUP: OPTIONS}
