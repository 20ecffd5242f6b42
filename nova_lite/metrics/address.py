# SPDX-License-Identifier: Apache-2.0
"""Whether a daemon has a page with figures, and where. Loads nothing of what measures."""

import os
import shutil
import socket

from oslo_config import cfg

CONF = cfg.CONF

PREFIX = 'nova-lite-'
BACKLOG = 16


def of(binary):
    """Answer host and port of a daemon's page; None if it has none.

    :param binary: its name, such as nova-lite-conductor
    """
    port = CONF.metrics[f'{binary.removeprefix(PREFIX)}_port'] if CONF.metrics.enabled else 0
    return (CONF.metrics.listen, port) if port else None


def claim(binary, processes):
    """Listen, and forget what an earlier start has counted; before there are processes.

    Answer the socket, None if there is no page.

    :param processes: how many there will be; one alone has no need of a directory
    """
    if of(binary) is None:
        return None
    sock = listen(binary)
    if processes > 1:
        clear(binary)
    return sock


def listen(binary, *, reuse_port=False):
    """Answer a socket that listens.

    :param reuse_port: other processes bind for themselves
    """
    host, port = of(binary)
    return socket.create_server(
        (host, port), family=socket.AF_INET6 if ':' in host else socket.AF_INET,
        backlog=BACKLOG, reuse_port=reuse_port)


def directory(binary):
    """Answer the directory of a daemon's processes; daemons side by side have different ports."""
    _host, port = of(binary)
    return os.path.join(CONF.metrics.directory, f'{binary}.{port}')


def clear(binary):
    """Forget what an earlier start of a daemon has counted."""
    empty(directory(binary))


def empty(path):
    """Make a directory that has nothing in it."""
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path, mode=0o700, exist_ok=True)
