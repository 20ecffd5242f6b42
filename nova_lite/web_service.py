# SPDX-License-Identifier: Apache-2.0
"""Serves a WSGI application from a daemon: by eventlet, or by cheroot on native threads.

A production server (uWSGI, mod_wsgi) may take the application instead
(nova_lite/api/wsgi.py); then none of this runs.
"""

import logging
import socket
import threading

from cheroot import wsgi as cheroot_wsgi
from oslo_log import log
from oslo_service import service as oslo_service

from nova_lite import concurrency, objects, rpc
from nova_lite.conf import CONF
from nova_lite.servicegroup import heartbeat

LOG = log.getLogger(__name__)

BACKLOG = 128
THREADS = 16
"""Requests that one process on native threads answers at the same time."""

PING_TIMEOUT = 5.0
STOP_PATIENCE = 5
"""Seconds that running requests have when the daemon stops."""


class Connections:
    """What all listeners of one process share: database, messages, one heartbeat.

    Made before the processes are forked, used in each of them on its own.

    :param prepare: gives the process its database and its name in messages
    :param watchdog: told when the process serves, and that it lives
    """

    def __init__(self, *, prepare, watchdog):
        self._prepare = prepare
        self._watchdog = watchdog
        self._users = 0
        self._is_prepared = False
        self._heartbeat = None

    def prepare(self):
        """Make them, for the first listener."""
        if not self._is_prepared:
            self._is_prepared = True
            self._prepare()

    def use(self):
        """A listener serves; the first one begins the heartbeat."""
        self._users += 1
        if self._users == 1:
            self._heartbeat = heartbeat.Heartbeat(
                round_trip=heartbeat.for_api(objects.Service, self._ping),
                wellness=heartbeat.Wellness(), watchdog=self._watchdog,
                is_broker_reachable=rpc.is_reachable, on_void=self.stopping)
            self._heartbeat.start()
        self._watchdog.ready()

    @staticmethod
    def _ping(context):
        rpc.Client('conductor').call(context, 'ping', timeout=PING_TIMEOUT)

    def stopping(self):
        """The process ends."""
        self._watchdog.stopping()

    def release(self):
        """A listener has ended; the last one closes them."""
        self._users -= 1
        if self._users == 0:
            self._heartbeat.stop()
            rpc.cleanup()


class WebService(oslo_service.ServiceBase):
    """One application at one address.

    :param listener: has name, host and port
    :param load_app: answers the application of a name
    :param connections: Connections of the process, shared with its other listeners
    :param shares_port: other processes listen at the same address
    """

    def __init__(self, *, listener, load_app, connections, shares_port=False):
        self._listener = listener
        self._load_app = load_app
        self._connections = connections
        self._shares_port = shares_port
        self._stopped = threading.Event()
        self._server = None

    def start(self):
        """Listen, and answer in the background."""
        self._connections.prepare()
        app = self._load_app(self._listener.name)
        make_server = GreenServer if concurrency.is_green() else ThreadedServer
        self._server = make_server(app, self._listener, shares_port=self._shares_port)
        self._server.start()
        self._connections.use()
        LOG.info('%s listens on %s:%s', self._listener.name, self._listener.host,
                 self._listener.port)

    def stop(self, graceful=True):
        """Take no more requests, finish those that run."""
        self._connections.stopping()
        if self._server is not None:
            self._server.stop()
        self._stopped.set()

    def wait(self):
        """Wait until told to stop, then give the connections back."""
        self._stopped.wait()
        if self._server is not None:
            self._connections.release()

    def reset(self):
        """The options were read again; nothing here keeps any."""


def listening_socket(listener, *, shares_port):
    """Bind and listen; a name may be of IPv4 or IPv6."""
    family = socket.getaddrinfo(listener.host, listener.port, type=socket.SOCK_STREAM)[0][0]
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, CONF.wsgi.tcp_keepidle)
    if shares_port:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.bind((listener.host, listener.port))
    sock.listen(BACKLOG)
    return sock


class GreenServer:
    """eventlet's WSGI server."""

    def __init__(self, app, listener, *, shares_port):
        self._wsgi, make_pool, self._spawn = concurrency.green_wsgi()
        self._app = app
        self._pool = make_pool(CONF.wsgi.default_pool_size)
        self._socket = listening_socket(listener, shares_port=shares_port)
        self._thread = None

    def start(self):
        """Answer requests in the background."""
        self._thread = self._spawn(
            self._wsgi.server, self._socket, self._app, custom_pool=self._pool,
            log=logging.getLogger('wsgi'), log_output=False, keepalive=CONF.wsgi.keep_alive,
            debug=False, url_length_limit=CONF.wsgi.max_header_line,
            socket_timeout=CONF.wsgi.client_socket_timeout or None)

    def stop(self):
        """Take no more; idle connections are closed, running requests end first."""
        self._thread.kill()
        self._socket.close()


class ThreadedServer:
    """cheroot, with native threads."""

    def __init__(self, app, listener, *, shares_port):
        self._server = cheroot_wsgi.Server(
            (listener.host, listener.port), app, numthreads=THREADS,
            request_queue_size=BACKLOG, timeout=CONF.wsgi.client_socket_timeout or None,
            shutdown_timeout=STOP_PATIENCE)
        self._server.reuse_port = shares_port
        self._server.max_request_header_size = CONF.wsgi.max_header_line
        self._server.prepare()
        self._thread = threading.Thread(target=self._server.serve, name=listener.name)

    def start(self):
        """Answer requests in the background."""
        self._thread.start()

    def stop(self):
        """Take no more; running requests have a while."""
        self._server.stop()
        self._thread.join()
