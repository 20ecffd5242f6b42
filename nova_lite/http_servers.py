# SPDX-License-Identifier: Apache-2.0
"""The HTTP servers that nova-lite-api brings: eventlet's on green threads, cheroot on native ones.

Both are given a socket that listens already and that other processes accept from
too, so a process can end without refusing anybody: it accepts no more, closes each
connection with the answer to its next request, and the idle ones after a while.
"""

import contextlib
import logging
import threading
import time

from cheroot import makefile
from cheroot import server as cheroot_server
from cheroot import wsgi as cheroot_wsgi

from nova_lite import concurrency, connection_shares, exception, http_tls
from nova_lite.conf import CONF

IDLE_PATIENCE = 3.0
"""Seconds after which an idle connection is closed at a stop. A client that sends a request
at that very moment gets none of it answered, so busy ones get the time for one more."""

LOOK_AGAIN_AFTER = 0.02

MIDDLE_PATIENCE = 30
"""Seconds without a byte after which a client has left in the middle of a request."""

LONGEST_CHUNK_LINE = 4096

CLOSE_EACH = -1
"""For cheroot: the number of connections that may be kept open beside a new one."""


def for_threads(app, sock, name, shares):
    """Answer the server for the kind of threads that this process has.

    :param name: of the service, which decides whether it speaks TLS
    :param shares: of connections, of the processes that accept from the socket
    :raises CertificateUnusable: if it is to speak TLS and can't
    """
    return (GreenServer if concurrency.is_green() else ThreadedServer)(app, sock, name, shares)


class _NoMore(Exception):
    """Thrown into the green thread that accepts."""


class _Acceptor:
    """The listening socket as eventlet's server sees it: between the last connection and the
    end it waits, because the server closes idle connections as soon as it accepts no more."""

    def __init__(self, sock, certificate):
        self._sock = sock
        self._certificate = certificate
        self.end = threading.Event()

    def accept(self):
        try:
            connected, client = self._sock.accept()
        except _NoMore:
            self.end.wait()
            raise KeyboardInterrupt from None
        if self._certificate is not None:
            connected = self._certificate.wrap(connected)
        return connected, client

    def __getattr__(self, name):
        return getattr(self._sock, name)


class GreenServer:
    """eventlet's WSGI server."""

    def __init__(self, app, sock, name, shares):
        self.certificate = http_tls.for_service(name)
        self._green = concurrency.green_wsgi()
        self._app = app
        self._pool = self._green.make_pool(CONF.wsgi.default_pool_size)
        self._shares = shares
        self._acceptor = _Acceptor(
            connection_shares.FairSocket(sock, shares, self._pool.running), self.certificate)
        self._is_closing = False
        self._thread = None

    def start(self):
        """Answer requests in the background."""
        self._shares.join()
        self._thread = self._green.spawn(
            self._green.wsgi.server, self._acceptor, self._app, custom_pool=self._pool,
            protocol=self._protocol(), log=logging.getLogger('wsgi'), log_output=False,
            keepalive=CONF.wsgi.keep_alive, debug=False,
            url_length_limit=CONF.wsgi.max_header_line,
            socket_timeout=CONF.wsgi.client_socket_timeout or None)

    def _protocol(self):
        """Answer a class of connections that ends them once the server is to end."""
        server = self

        class Protocol(self._green.wsgi.HttpProtocol):
            """One connection."""

            def handle(self):
                if server.certificate is None or http_tls.begin(self.connection):
                    super().handle()

            def get_environ(self):
                environ = super().get_environ()
                if server.certificate is not None:
                    environ['wsgi.url_scheme'] = 'https'
                return environ

            def handle_one_response(self):
                if server._is_closing:
                    del self.headers['Connection']
                    self.headers['Connection'] = 'close'
                super().handle_one_response()
        return Protocol

    def stop(self):
        """Take no more; running requests end first, and idle connections are closed."""
        self._is_closing = True
        self._shares.leave()
        self._green.throw(self._thread, _NoMore())
        wait_until(lambda: not self._pool.running(), IDLE_PATIENCE)
        self._acceptor.end.set()
        self._thread.wait()


class ThreadedServer:
    """cheroot, with native threads."""

    def __init__(self, app, sock, name, shares):
        self._server = _Cheroot(
            sock.getsockname()[:2], app, numthreads=CONF.wsgi.threads,
            request_queue_size=CONF.wsgi.backlog, timeout=CONF.wsgi.client_socket_timeout or None,
            shutdown_timeout=CONF.graceful_shutdown_timeout or None)
        self.certificate = http_tls.for_service(name)
        if self.certificate is not None:
            self._server.ssl_adapter = _Tls(self.certificate)
            self._server.ConnectionClass = _TlsConnection
        self._shares = shares
        self._server.given = connection_shares.FairSocket(
            sock, shares, self._server.open_connections)
        if not CONF.wsgi.keep_alive:
            self._server.keep_alive_conn_limit = CLOSE_EACH
        self._server.max_request_header_size = CONF.wsgi.max_header_line
        self._server.prepare()
        # Another process may have taken the connection that this one was woken for.
        sock.setblocking(False)
        self._thread = threading.Thread(target=self._server.serve, name=name)

    def start(self):
        """Answer requests in the background."""
        self._shares.join()
        self._thread.start()

    def stop(self):
        """Take no more; running requests end first, and idle connections are closed."""
        self._shares.leave()
        self._server.accept_no_more()
        wait_until(lambda: not self._server.open_connections(), IDLE_PATIENCE)
        self._server.stop()
        self._thread.join()


class _Cheroot(cheroot_wsgi.Server):
    """cheroot with a socket that somebody else has bound."""

    given = None

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.gateway = _Gateway
        self.ConnectionClass = _Connection

    def bind(self, family, type, proto=0):
        self.socket = self.given
        return self.given

    def accept_no_more(self):
        """Leave new connections to others, and close each present one after its next answer."""
        self.keep_alive_conn_limit = CLOSE_EACH
        self._connections._selector.unregister(self.socket.fileno())

    def open_connections(self):
        """Answer how many clients are connected, whether idle or being answered."""
        busy = self.requests.min - self.requests.idle + self.requests.qsize
        return len(self._connections._selector) + busy


class _Gateway(cheroot_wsgi.Gateway_10):
    """One request on its way to the application, with bounds that cheroot does not have."""

    def get_environ(self):
        """Answer what the application is told; links are made of the name if there is no Host."""
        if self.req.chunked_read or self.req.rfile.remaining:
            _bound(self.req, CONF.oslo_middleware.max_request_body_size)
        environ = super().get_environ()
        environ['SERVER_NAME'] = self.req.conn.socket.getsockname()[0]
        return environ


def _bound(request, limit):
    """Let nothing of a body that is not read be taken for a request, nor fill the memory."""
    # Or cheroot would read what is left of it, all at once, to get at the next request.
    if request.chunked_read or request.rfile.remaining > limit:
        request.close_connection = True
    request.rfile.rfile = _Source(request, limit)


class _Source:
    """What a body is read from: nothing longer than a body may be is kept in memory."""

    def __init__(self, request, limit):
        self._request = request
        self._source = request.rfile.rfile
        self._limit = limit

    def readline(self, size=LONGEST_CHUNK_LINE):
        """Read a line, or as much of it as a chunk's length can have."""
        return self._from(self._source.readline, size)

    def read(self, size):
        """Read a part.

        :raises RequestTooLarge: if a chunk is longer than a body may be
        """
        if size > self._limit:
            raise exception.RequestTooLarge
        return self._from(self._source.read, size)

    def _from(self, method, size):
        try:
            return method(size)
        except OSError:
            # The rest, should it come yet, would be taken for the next request.
            self._request.close_connection = True
            raise

    def close(self):
        self._source.close()


class _Connection(cheroot_server.HTTPConnection):
    """One client; who stops in the middle of a request does not hold a thread for long."""

    def communicate(self):
        """Answer what is asked; answer whether the connection stays open."""
        self.socket.settimeout(min(MIDDLE_PATIENCE, self.server.timeout or MIDDLE_PATIENCE))
        return super().communicate()


class _Tls:
    """What cheroot encrypts connections by; the certificate may change while it serves."""

    makefile = staticmethod(makefile.MakeFile)

    def __init__(self, certificate):
        self._certificate = certificate

    def wrap(self, sock):
        """Answer the encrypted form of a connection, and what its requests' environments have."""
        return self._certificate.wrap(sock), {'wsgi.url_scheme': 'https', 'HTTPS': 'on'}


class _TlsConnection(_Connection):
    """An encrypted connection; the thread that answers it begins it."""

    def communicate(self):
        """Answer what is asked; answer whether the connection stays open."""
        return http_tls.begin(self.socket) and super().communicate()


def wait_until(is_true, patience):
    """Wait for a condition, and not for ever."""
    deadline = time.monotonic() + patience
    while not is_true() and time.monotonic() < deadline:
        with contextlib.suppress(InterruptedError):
            time.sleep(LOOK_AGAIN_AFTER)
