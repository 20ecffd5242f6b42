# SPDX-License-Identifier: Apache-2.0
"""What a command works with: the database, and the broker where it has to ask or wake others."""

import contextlib
import getpass
import os
import socket

from oslo_config import cfg

from nova_lite import context as nova_context
from nova_lite import objects, rpc
from nova_lite.db import connect

CONF = cfg.CONF

BINARY = 'nova-lite-manage'


def operator():
    """Connect to the database; answer the context of somebody who may do everything."""
    connect.connect()
    return nova_context.get_admin_context()


@contextlib.contextmanager
def messages():
    """Be able to send messages inside.

    :raises KeyFileUnusable: if the controllers' key can't be read here
    """
    objects.register_all()
    rpc.init(CONF, host=CONF.host, binary=BINARY)
    try:
        yield
    finally:
        rpc.cleanup()


def who():
    """Answer who types, for the record: also behind sudo."""
    return f'{os.environ.get("SUDO_USER") or getpass.getuser()}@{socket.gethostname()}'
