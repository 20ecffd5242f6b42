# SPDX-License-Identifier: Apache-2.0
"""The API daemon's process: its listeners, and what they share."""

import dataclasses
import datetime
import http.client
import ssl
import threading

from nova_lite import concurrency, rpc, web_service
from nova_lite.api import listeners
from nova_lite.servicegroup import heartbeat
from tests import base
from tests.fixtures import certificates

HOST = '127.0.0.1'


@dataclasses.dataclass
class Listener:
    """Where an application is served."""

    name: str
    port: int
    host: str = HOST


class Watchdog:
    """What systemd would be told."""

    def __init__(self):
        self.told = []

    def ready(self):
        self.told.append('ready')


class Heartbeat:
    """One that only counts."""

    running = 0
    made = 0

    def __init__(self, **_given):
        Heartbeat.made += 1

    def start(self):
        Heartbeat.running += 1

    def stop(self):
        Heartbeat.running -= 1


class WebServiceTest(base.TestCase):
    """Applications on native threads."""

    loopback = True

    def setUp(self):
        super().setUp()
        self.patch(concurrency, 'is_green', lambda: False)
        self.patch(heartbeat, 'Heartbeat', Heartbeat)
        self.patch(Heartbeat, 'running', 0)
        self.patch(Heartbeat, 'made', 0)
        self.closed = []
        self.patch(rpc, 'cleanup', lambda: self.closed.append(True))
        self.prepared = []
        self.watchdog = Watchdog()
        self.connections = web_service.Connections(
            prepare=lambda: self.prepared.append(True), watchdog=self.watchdog)

    def load_app(self, name):
        def app(environ, start_response):
            body = f'{name} {environ["REQUEST_METHOD"]} {environ["PATH_INFO"]}'.encode()
            start_response('200 OK', [('Content-Length', str(len(body)))])
            return [body]
        return app

    def started(self, name, **changes):
        sock = listeners.listening_socket(HOST, 0)
        made = web_service.WebService(**{
            'listener': Listener(name, sock.getsockname()[1]), 'load_app': self.load_app,
            'connections': self.connections, 'sock': sock, 'processes': 1, **changes})
        made.start()
        self.addCleanup(made._socket.close)
        self.addCleanup(made.stop)
        return made

    def get(self, service, path='/servers'):
        connection = http.client.HTTPConnection(HOST, service._listener.port, timeout=10)
        self.addCleanup(connection.close)
        connection.request('GET', path)
        return connection.getresponse().read().decode()

    def test_each_listener_serves_its_application(self):
        compute, metadata = self.started('compute'), self.started('metadata')
        self.assertEqual('compute GET /servers', self.get(compute))
        self.assertEqual('metadata GET /latest', self.get(metadata, '/latest'))

    def test_listeners_of_a_process_have_one_heartbeat_and_one_database(self):
        started = [self.started('compute'), self.started('metadata')]
        self.assertEqual((1, 1, 1), (
            len(self.prepared), Heartbeat.made, Heartbeat.running))
        self.assertEqual('ready', self.watchdog.told[-1])
        for service in started:
            service.stop()
        # A worker that is replaced stops, and the daemon goes on.
        self.assertEqual(({'ready'}, []), (set(self.watchdog.told), self.closed))
        started[0].wait()
        self.assertEqual((1, []), (Heartbeat.running, self.closed))
        started[1].wait()
        self.assertEqual((0, [True]), (Heartbeat.running, self.closed))

    def test_the_application_is_loaded_before_there_are_processes_and_connections(self):
        loaded = []
        self.started('compute', load_app=lambda name: loaded.append(len(self.prepared))
                     or self.load_app(name))
        self.assertEqual([0], loaded)

    def test_certificate_is_read_again_with_the_options(self):
        path = self.temporary_directory() / 'certificate'
        now = datetime.datetime.now(datetime.timezone.utc)
        self.override(enabled_ssl_apis=['osapi_compute'])
        self.override('wsgi', ssl_cert_file=str(certificates.write(path, 'first', now=now)))
        service = self.started('osapi_compute')
        certificates.write(path, 'second', now=now)
        trust = ssl.create_default_context(cafile=str(path))
        before, after = (http.client.HTTPSConnection(
            HOST, service._listener.port, timeout=10, context=trust) for _each in range(2))
        self.addCleanup(before.close)
        self.addCleanup(after.close)
        self.assertRaises(ssl.SSLCertVerificationError, before.connect)
        service.reset()
        after.request('GET', '/')
        self.assertEqual(200, after.getresponse().status)

    def test_it_answers_no_more_after_its_stop(self):
        service = self.started('compute')
        service.stop()
        self.assertRaises(OSError, self.get, service)

    def test_running_requests_end_before_the_stop(self):
        begun, may_end = threading.Event(), threading.Event()

        def load_slow(name):
            def app(environ, start_response):
                begun.set()
                may_end.wait(10)
                start_response('200 OK', [('Content-Length', '4')])
                return [b'done']
            return app

        service, answers = self.started('compute', load_app=load_slow), []
        asking = threading.Thread(target=lambda: answers.append(self.get(service)))
        asking.start()
        begun.wait(10)
        stopping = threading.Thread(target=service.stop)
        stopping.start()
        may_end.set()
        asking.join()
        stopping.join()
        self.assertEqual(['done'], answers)

    def test_processes_share_the_socket(self):
        first = self.started('compute')
        second = web_service.WebService(listener=first._listener, load_app=self.load_app,
                                        connections=self.connections,
                                        sock=first._socket.dup(), processes=1)
        second.start()
        self.addCleanup(second.stop)
        first.stop()
        self.assertEqual('compute GET /servers', self.get(second))

    def test_what_was_never_started_can_be_stopped(self):
        service = web_service.WebService(listener=Listener('compute', 1), load_app=self.load_app,
                                         connections=self.connections, sock=None, processes=1)
        service.stop()
        service.wait()
        self.assertEqual([], self.closed)
