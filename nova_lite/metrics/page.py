# SPDX-License-Identifier: Apache-2.0
"""The page /metrics: a small HTTP server on either kind of threads.

Its socket may be shared with the other processes of the daemon; whichever comes first
answers, for all of them know the figures of all.
"""

import contextlib
import http
import os
import select
import threading
from http import server

from oslo_log import log
from prometheus_client import exposition

LOG = log.getLogger(__name__)

PATH = '/metrics'
PATIENCE = 10.0
"""Seconds that a client may be silent."""


class Page:
    """Answers until it is stopped, or the process ends.

    :param sock: listens
    :param registry: of prometheus_client, with all that is told
    """

    def __init__(self, sock, registry):
        self._socket = sock
        self._registry = registry
        self._thread = threading.Thread(target=self._run, name='metrics', daemon=True)

    def start(self):
        """Answer in the background."""
        # Another process may have taken the connection that this one was woken for.
        self._socket.setblocking(False)
        self._wakes, self._waker = os.pipe()
        self._thread.start()

    def stop(self):
        """Answer no more."""
        os.close(self._waker)
        self._thread.join()
        os.close(self._wakes)
        self._socket.close()

    def _run(self):
        while True:
            readable, _writable, _failed = select.select([self._socket, self._wakes], [], [])
            if self._wakes in readable:
                return
            with contextlib.suppress(OSError):
                connection, address = self._socket.accept()
                threading.Thread(target=self._answer, args=(connection, address), daemon=True,
                                 name='metrics of one').start()

    def _answer(self, connection, address):
        with contextlib.suppress(OSError), connection:
            connection.settimeout(PATIENCE)
            _Request(connection, address, self._registry)


class _Request(server.BaseHTTPRequestHandler):
    """One request by one connection; ``server`` is the registry."""

    def version_string(self):
        """Tell nobody which versions run here who does not read the page."""
        return 'nova_lite'

    def do_GET(self):
        """Answer the page."""
        if self.path.partition('?')[0] != PATH:
            self.send_error(http.HTTPStatus.NOT_FOUND)
            return
        try:
            encode, content_type = exposition.choose_encoder(self.headers.get('Accept', ''))
            text = encode(self.server)
        except Exception:
            # The edge of a thread. Prometheus notes that there was no page.
            LOG.exception('The figures could not be read')
            self.send_error(http.HTTPStatus.INTERNAL_SERVER_ERROR)
            return
        self.send_response(http.HTTPStatus.OK)
        self.send_header('Content-Type', content_type)
        self.send_header('Content-Length', str(len(text)))
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(text)

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def log_message(self, form, *values):
        """Log a request only for somebody who looks for a fault."""
        LOG.debug(form, *values)
