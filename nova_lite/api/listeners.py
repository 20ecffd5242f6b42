# SPDX-License-Identifier: Apache-2.0
"""Where the API daemon listens, by options.

nova_lite/cmd/daemon.py opens the sockets before there are processes, which all accept
from them, so loads nothing of what is served: that is nova_lite/api/wsgi.py.
"""

import dataclasses
import os
import socket

from nova_lite import http_tls
from nova_lite.conf import CONF


@dataclasses.dataclass(frozen=True)
class Listener:
    """One service of the daemon.

    :ivar name: of the application in the paste configuration
    :ivar workers: processes; None for one per CPU
    """

    name: str
    host: str
    port: int
    workers: int | None


def enabled():
    """Answer the services that [DEFAULT] enabled_apis names."""
    return [Listener(name=name,
                     host=CONF[f'{name}_listen'],
                     port=CONF[f'{name}_listen_port'],
                     workers=CONF[f'{name}_workers']) for name in CONF.enabled_apis]


def processes(listener):
    """Answer how many processes serve a listener."""
    return listener.workers or os.cpu_count()


def opened():
    """Listen; answer (listener, socket) pairs.

    :raises CertificateUnusable: while there is one process; each reads the files for itself later
    """
    for listener in enabled():
        http_tls.for_service(listener.name)
    return [(listener, listening_socket(listener.host, listener.port)) for listener in enabled()]


def listening_socket(host, port):
    """Bind and listen; a name may be of IPv4 or IPv6."""
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, CONF.wsgi.tcp_keepidle)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.bind((host, port))
        sock.listen(CONF.wsgi.backlog)
    except OSError:
        sock.close()
        raise
    return sock
