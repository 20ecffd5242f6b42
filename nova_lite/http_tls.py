# SPDX-License-Identifier: Apache-2.0
"""TLS of the API's own web servers: certificates, and the beginning of a connection.

http_servers.py wraps each connection that it accepts. Which services have TLS and where
the files are says conf/wsgi.py; under uWSGI, uWSGI reads the same files.
"""

import contextlib
import ssl

from oslo_log import log

from nova_lite import exception
from nova_lite.conf import CONF

LOG = log.getLogger(__name__)

HANDSHAKE_PATIENCE = 10.0
"""Seconds that a client has to begin; one of the threads that answer waits for it."""


def for_service(name):
    """Answer the certificate of a service; None if it speaks plain HTTP.

    :raises CertificateUnusable: if one is wanted and can't be had
    """
    return Certificate() if name in CONF.enabled_ssl_apis else None


class Certificate:
    """What the server shows, and by which it knows its clients if it shall."""

    def __init__(self):
        self._context = None
        self.load()

    def load(self):
        """Read the files, for the connections that begin from now on.

        :raises CertificateUnusable: if they can't be; then the former ones stay
        """
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            context.load_cert_chain(_named('ssl_cert_file'), CONF.wsgi.ssl_key_file)
            if CONF.wsgi.ssl_ca_file:
                context.load_verify_locations(CONF.wsgi.ssl_ca_file)
                context.verify_mode = ssl.CERT_REQUIRED
        except OSError as error:
            raise exception.CertificateUnusable(
                files=', '.join(filter(None, map(CONF.wsgi.get, FILES))), reason=error) from error
        self._context = context

    def load_again(self):
        """Read the files that may have changed; a mistake in them leaves the service as it is."""
        try:
            self.load()
        except exception.CertificateUnusable as error:
            LOG.error('Going on with the former certificate: %s', error)

    def wrap(self, sock):
        """Answer the encrypted form of a connection; nothing is sent yet."""
        return self._context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)


FILES = ('ssl_cert_file', 'ssl_key_file', 'ssl_ca_file')


def _named(option):
    if not CONF.wsgi[option]:
        raise exception.CertificateUnusable(files=f'[wsgi] {option}', reason='it is not set')
    return CONF.wsgi[option]


@contextlib.contextmanager
def _within(sock, patience):
    before = sock.gettimeout()
    sock.settimeout(patience)
    try:
        yield
    finally:
        sock.settimeout(before)


def begin(sock):
    """Agree with the client on a key, unless that has been done; answer whether it was possible.

    Who accepts connections must not wait for one client, so this is called by who answers it.
    """
    if sock.version() is not None:
        return True
    try:
        with _within(sock, HANDSHAKE_PATIENCE):
            sock.do_handshake()
    except OSError as error:
        LOG.debug('A client could not begin: %s', error)
        return False
    return True
