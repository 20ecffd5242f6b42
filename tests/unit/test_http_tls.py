# SPDX-License-Identifier: Apache-2.0
"""TLS of the API daemon's servers, each in a process of its own kind of threads."""

import contextlib
import datetime
import json
import socket
import ssl
import subprocess
import sys
import textwrap
import threading

from nova_lite import concurrency, exception, http_tls
from tests import base
from tests.fixtures import certificates

PROGRAM = textwrap.dedent("""
    import sys
    from nova_lite import concurrency
    concurrency.choose(sys.argv[1])
    import http.client, json, os, shutil, socket, ssl
    from nova_lite import connection_shares, http_servers
    from nova_lite.api import listeners
    from nova_lite.conf import CONF
    CONF([], project='nova_lite', default_config_files=[], default_config_dirs=[])
    first, second, broken, used = sys.argv[2:]
    shutil.copy(first, used)
    CONF.set_override('enabled_ssl_apis', ['osapi_compute'])
    CONF.set_override('ssl_cert_file', used, 'wsgi')

    def app(environ, start_response):
        body = environ['wsgi.url_scheme'].encode() + environ['wsgi.input'].read(
            int(environ.get('CONTENT_LENGTH') or 0))
        start_response('200 OK', [('Content-Length', str(len(body)))])
        return [body]

    sock = listeners.listening_socket('127.0.0.1', 0)
    port = sock.getsockname()[1]
    shares = connection_shares.Shares(1)
    server = http_servers.for_threads(app, sock, 'osapi_compute', shares)
    server.start()

    def connected(certificate, version=None):
        trust = ssl.create_default_context(cafile=certificate)
        if version is not None:
            trust.set_ciphers('DEFAULT:@SECLEVEL=0')
            trust.minimum_version = trust.maximum_version = version
        return http.client.HTTPSConnection('127.0.0.1', port, timeout=30, context=trust)

    def asked(connection, body=None):
        try:
            connection.request('POST' if body else 'GET', '/', body)
            return connection.getresponse().read().decode()
        except (OSError, http.client.HTTPException) as error:
            return getattr(error, 'reason', None) or type(error).__name__

    # Who connects and says nothing holds nobody up.
    silent = [socket.create_connection(('127.0.0.1', port)) for _each in range(3)]
    kept = connected(first)
    found = {'first': [asked(kept), asked(kept, b'x' * 50000)[-3:]],
             'plain': asked(http.client.HTTPConnection('127.0.0.1', port, timeout=30)),
             'old': asked(connected(first, ssl.TLSVersion.TLSv1_1)),
             'new': [asked(connected(first, version)) for version in (
                 ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)]}
    shutil.copy(second, used)
    server.certificate.load_again()
    found['second'] = [asked(connected(second)), asked(connected(first)), asked(kept)]
    shutil.copy(broken, used)
    server.certificate.load_again()
    found['broken'] = asked(connected(second))
    print(json.dumps(found), flush=True)
    os._exit(0)
""")


class TlsCase(base.TestCase):
    """Files with certificates."""

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory()
        self.first, self.second = (
            str(certificates.write(self.directory / name, name, now=_now()))
            for name in ('first', 'second'))
        (self.directory / 'broken').write_text('none')
        self.broken = str(self.directory / 'broken')


def _now():
    # The clients and servers here go by the machine's clock.
    return datetime.datetime.now(datetime.timezone.utc)


class ServersTest(TlsCase):

    loopback = True

    def check(self, kind):
        done = subprocess.run(
            [sys.executable, '-W', 'ignore', '-c', PROGRAM, kind, self.first, self.second,
             self.broken, str(self.directory / 'used')], cwd=base.TOP, capture_output=True,
            text=True, check=False, timeout=60)
        self.assertEqual(0, done.returncode, done.stderr)
        found = json.loads(done.stdout)
        self.assertEqual(['https', 'xxx'], found['first'])
        self.assertNotEqual('https', found['plain'])
        self.assertEqual('TLSV1_ALERT_PROTOCOL_VERSION', found['old'])
        self.assertEqual(['https', 'https'], found['new'])
        self.assertEqual(['https', 'CERTIFICATE_VERIFY_FAILED', 'https'], found['second'])
        self.assertEqual('https', found['broken'])

    def test_native_threads_speak_it(self):
        self.check(concurrency.THREADING)

    def test_green_threads_speak_it(self):
        self.check(concurrency.EVENTLET)


class CertificateTest(TlsCase):

    def setUp(self):
        super().setUp()
        self.override(enabled_ssl_apis=['osapi_compute'])
        self.override('wsgi', ssl_cert_file=self.first)

    def test_service_that_is_not_named_has_none(self):
        self.assertIsNone(http_tls.for_service('metadata'))
        self.assertIsInstance(http_tls.for_service('osapi_compute'), http_tls.Certificate)

    def test_files_that_can_not_be_used_are_named(self):
        for options, words in (({'ssl_cert_file': None}, 'ssl_cert_file.* not set'),
                               ({'ssl_cert_file': self.broken}, 'broken'),
                               ({'ssl_key_file': self.second}, 'second'),
                               ({'ssl_ca_file': '/nowhere'}, 'nowhere')):
            self.override('wsgi', **{'ssl_cert_file': self.first, 'ssl_key_file': None,
                                     'ssl_ca_file': None, **options})
            error = self.assertRaises(
                exception.CertificateUnusable, http_tls.for_service, 'osapi_compute')
            self.assertRegex(str(error), words)

    def begun(self, trust, *, says=True):
        """Let a client connect to a server in this process; answer whether the server could begin.

        :param trust: the client's context
        :param says: whether it says anything
        """
        ends = socket.socketpair()
        for end in ends:
            self.addCleanup(end.close)
            end.settimeout(10)
        server = http_tls.for_service('osapi_compute').wrap(ends[0])
        client = trust.wrap_socket(
            ends[1], server_hostname=certificates.HOST, do_handshake_on_connect=False)
        self.addCleanup(client.close)
        self.addCleanup(server.close)
        speaking = threading.Thread(target=_speak, args=(client,))
        if says:
            speaking.start()
            self.addCleanup(speaking.join)
        return http_tls.begin(server)

    def trust(self):
        return ssl.create_default_context(cafile=self.first)

    def test_clients_need_a_certificate_where_one_is_wanted(self):
        self.assertTrue(self.begun(self.trust()))
        self.override('wsgi', ssl_ca_file=self.second)
        self.assertFalse(self.begun(self.trust()))
        known = self.trust()
        known.load_cert_chain(self.second)
        self.assertTrue(self.begun(known))

    def test_client_that_says_nothing_is_given_up(self):
        self.patch(http_tls, 'HANDSHAKE_PATIENCE', 0.01)
        self.assertFalse(self.begun(self.trust(), says=False))


def _speak(client):
    with contextlib.suppress(OSError):
        client.do_handshake()
