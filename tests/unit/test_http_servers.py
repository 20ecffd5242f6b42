# SPDX-License-Identifier: Apache-2.0
"""The HTTP servers of the API daemon, each in a process of its own kind of threads."""

import json
import subprocess
import sys
import textwrap

from nova_lite import concurrency, connection_shares, http_servers
from tests import base

HOST = '127.0.0.1'

PROGRAM = textwrap.dedent("""
    import sys, threading
    from nova_lite import concurrency
    concurrency.choose(sys.argv[1])
    from nova_lite import connection_shares, http_servers
    from nova_lite.api import listeners
    from nova_lite.conf import CONF
    CONF([], project='nova_lite', default_config_files=[], default_config_dirs=[])
    may_end = threading.Event()
    begun = threading.Event()

    def app(environ, start_response):
        if environ['PATH_INFO'] == '/slow':
            begun.set()
            may_end.wait(10)
        start_response('200 OK', [('Content-Length', '4')])
        return [b'done']

    sock = listeners.listening_socket('127.0.0.1', 0)
    port = sock.getsockname()[1]
    shares = connection_shares.Shares(2)
    server = http_servers.for_threads(app, sock.dup(), 'sample', shares)
    server.start()
""")

KEPT = PROGRAM + textwrap.dedent("""
    import http.client, json, time
    def ask(connection, path='/'):
        connection.request('GET', path)
        answer = connection.getresponse()
        return answer.read().decode(), answer.getheader('Connection', 'kept')
    busy, idle, slow = (http.client.HTTPConnection('127.0.0.1', port, timeout=10)
                        for _each in range(3))
    found = {'before': [ask(busy), ask(idle)]}
    def asks_slowly():
        found['slow'] = ask(slow, '/slow')
    asking = threading.Thread(target=asks_slowly)
    asking.start()
    begun.wait(10)
    stopping = threading.Thread(target=server.stop)
    stopping.start()
    time.sleep(0.2)
    found['busy'] = ask(busy)
    found['stopped too early'] = not stopping.is_alive()
    newcomer = http.client.HTTPConnection('127.0.0.1', port, timeout=0.3)
    try:
        found['newcomer'] = ask(newcomer)
    except TimeoutError:
        found['newcomer'] = 'waits for another process'
    may_end.set()
    asking.join()
    stopping.join(10)
    found['stopped'] = not stopping.is_alive()
    idle.sock.settimeout(5)
    found['idle'] = idle.sock.recv(1) == b''
    print(json.dumps(found), flush=True)
    import os
    os._exit(0)
""")


class StopTest(base.TestCase):
    """A stop while others go on to accept from the same socket."""

    loopback = True

    def check(self, kind):
        done = subprocess.run([sys.executable, '-W', 'ignore', '-c', KEPT, kind], cwd=base.TOP,
                              capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(0, done.returncode, done.stderr)
        found = json.loads(done.stdout)
        self.assertEqual([['done', 'kept']] * 2, found['before'])
        self.assertEqual(['done', 'close'], [word.lower() for word in found['busy']])
        self.assertEqual('done', found['slow'][0])
        self.assertEqual('waits for another process', found['newcomer'])
        self.assertEqual((False, True, True), (
            found['stopped too early'], found['stopped'], found['idle']))

    def test_no_request_is_lost_on_green_threads(self):
        self.check(concurrency.EVENTLET)

    def test_no_request_is_lost_on_native_threads(self):
        self.check(concurrency.THREADING)


SHARED = PROGRAM + textwrap.dedent("""
    import http.client, json
    connection = http.client.HTTPConnection('127.0.0.1', port, timeout=10)
    told = [shares._counts[0]]
    connection.request('GET', '/')
    connection.getresponse().read()
    told.append(shares._counts[0])
    connection.close()
    server.stop()
    told.append(shares._counts[0])
    json.dump(told, sys.stdout)
""")


class SharesTest(base.TestCase):
    """Other processes that accept from the socket see what one of them has."""

    def check(self, kind):
        done = subprocess.run([sys.executable, '-W', 'ignore', '-c', SHARED, kind], cwd=base.TOP,
                              capture_output=True, text=True, check=True, timeout=60)
        before, connected, after = json.loads(done.stdout)
        self.assertEqual(0, before)
        self.assertGreater(connected, 0)
        self.assertEqual(connection_shares.NOBODY, after)

    def test_they_see_it_on_native_threads(self):
        self.check(concurrency.THREADING)

    def test_they_see_it_on_green_threads(self):
        self.check(concurrency.EVENTLET)


SLOW = PROGRAM + textwrap.dedent("""
    import json, socket, time
    from nova_lite.api.openstack import wsgi
    import webob
    http_servers.MIDDLE_PATIENCE = 0.3
    CONF.set_override('threads', 2, group='wsgi')

    def reading(environ, start_response):
        if environ['REQUEST_METHOD'] == 'POST':
            try:
                wsgi.read_body(webob.Request(environ))
            except exception.MalformedRequestBody:
                start_response('400 Bad Request', [('Content-Length', '0')])
                return []
        return app(environ, start_response)

    from nova_lite import exception
    waiting = listeners.listening_socket('127.0.0.1', 0)
    port = waiting.getsockname()[1]
    second = http_servers.for_threads(
        reading, waiting.dup(), 'waiting', connection_shares.Shares(2))
    second.start()

    def begin(sent):
        connected = socket.create_connection(('127.0.0.1', port), timeout=10)
        connected.sendall(sent)
        return connected

    begun = [begin(b'POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 10\\r\\n\\r\\n{')
             for _each in range(3)] + [begin(b'GET / HTTP/1.1\\r\\nHo') for _each in range(3)]
    with begin(b'GET / HTTP/1.0\\r\\n\\r\\n') as connected:
        last = connected.recv(12).decode()
    first = [each.recv(12).decode() for each in begun]
    print(json.dumps([last, first]), flush=True)
    import os
    os._exit(0)
""")


class SlowRequestsTest(base.TestCase):

    loopback = True

    def test_who_stops_in_the_middle_keeps_nobody_from_being_answered(self):
        done = subprocess.run(
            [sys.executable, '-W', 'ignore', '-c', SLOW, concurrency.THREADING], cwd=base.TOP,
            capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(0, done.returncode, done.stderr)
        last, first = json.loads(done.stdout)
        self.assertEqual('HTTP/1.1 200', last)
        self.assertEqual(['HTTP/1.1 400'] * 3 + ['HTTP/1.1 408'] * 3, first)


ODD = PROGRAM + textwrap.dedent("""
    import json, socket
    from nova_lite import exception
    asked, errors = [], []

    def note(environ, start_response):
        asked.append((environ['PATH_INFO'], environ['SERVER_NAME']))
        if environ['PATH_INFO'] == '/read':
            try:
                environ['wsgi.input'].read()
            except exception.RequestTooLarge:
                errors.append('too large')
        return app(environ, start_response)

    def send(sent):
        with socket.create_connection(('127.0.0.1', port), timeout=10) as connected:
            connected.sendall(sent)
            connected.shutdown(socket.SHUT_WR)
            while connected.recv(1000):
                pass

    noting = listeners.listening_socket('127.0.0.1', 0)
    port = noting.getsockname()[1]
    second = http_servers.for_threads(
        note, noting.dup(), 'noting', connection_shares.Shares(2))
    second.start()
    inner = b'GET /inner HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n'
    chunked = b'Host: a\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n'
    length = b'%x\\r\\n' % len(inner)
    send(b'POST /unread HTTP/1.1\\r\\n' + chunked + length + inner + b'\\r\\n0\\r\\n\\r\\n')
    send(b'POST /trailer HTTP/1.1\\r\\n' + chunked + b'0\\r\\n' + inner)
    send(b'POST /read HTTP/1.1\\r\\n' + chunked + b'3fffffff\\r\\n' + b'x' * 100)
    send(b'POST /long HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1073741824\\r\\n\\r\\n')
    send(b'GET /nameless HTTP/1.0\\r\\n\\r\\n')
    print(json.dumps([asked, errors]), flush=True)
    import os
    os._exit(0)
""")


class OddRequestsTest(base.TestCase):
    """What follows a body that nobody read is not a request."""

    loopback = True

    def asked(self, kind):
        """Answer what the application was asked for, and which errors it met."""
        done = subprocess.run([sys.executable, '-W', 'ignore', '-c', ODD, kind], cwd=base.TOP,
                              capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(0, done.returncode, done.stderr)
        return json.loads(done.stdout)

    def test_no_part_of_a_body_is_taken_for_a_request_on_native_threads(self):
        asked, errors = self.asked(concurrency.THREADING)
        paths = ['/unread', '/trailer', '/read', '/long', '/nameless']
        self.assertEqual([[path, HOST] for path in paths], asked)
        self.assertEqual(['too large'], errors)

    def test_no_part_of_a_body_is_taken_for_a_request_on_green_threads(self):
        asked, _errors = self.asked(concurrency.EVENTLET)
        self.assertEqual(['/unread', '/trailer'], [path for path, _name in asked[:2]])
        self.assertNotIn('/inner', [path for path, _name in asked])


class WaitUntilTest(base.TestCase):

    def test_it_waits_for_no_longer_than_it_is_told(self):
        http_servers.wait_until(lambda: False, 0.01)
        self.assertIsNone(http_servers.wait_until(lambda: True, 1000))

    def test_an_application_is_served_by_the_servers_of_the_process(self):
        self.patch(concurrency, 'is_green', lambda: False)
        self.patch(http_servers, 'ThreadedServer', lambda *given: given)
        self.assertEqual(('app', 'sock', 'name', 'shares'),
                         http_servers.for_threads('app', 'sock', 'name', 'shares'))
