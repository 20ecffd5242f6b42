# SPDX-License-Identifier: Apache-2.0
"""How the host caches guests' disks."""

import os
import tempfile

from oslo_config import cfg

from nova_lite import exception

CONF = cfg.CONF

KNOWN = ('default', 'none', 'writethrough', 'writeback', 'directsync', 'unsafe')
FILE = 'file'


def choose(directory):
    """Answer the cache mode of disks in a directory.

    :raises HypervisorUnusable: if the configuration names an unknown one
    """
    configured = dict(_parsed(text) for text in CONF.libvirt.disk_cachemodes)
    return configured.get(FILE) or ('none' if has_direct_io(directory) else 'writeback')


def has_direct_io(directory):
    """Whether files of a directory can be used past the host's cache."""
    with tempfile.NamedTemporaryFile(dir=directory, prefix='.direct-io-') as file:
        try:
            os.close(os.open(file.name, os.O_RDWR | os.O_DIRECT))
        except OSError:
            return False
    return True


def _parsed(text):
    kind, _, mode = text.partition('=')
    if kind != FILE or mode not in KNOWN:
        raise exception.HypervisorUnusable(
            reason=f'[libvirt] disk_cachemodes: "{text}" is not file= and one of '
                   f'{", ".join(KNOWN)}')
    return kind, mode
