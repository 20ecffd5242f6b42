# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/rpc/queues.py: names, messages, the management API.

What AMQP tells is asked of a real broker by tests/live/test_operators_commands.py.
"""

import base64
import json
import threading
from http import server  # eventlet puts another one in its place when something loads it

from nova_lite import exception
from nova_lite.rpc import envelope, queues
from tests import base


def body(lifetime=300, age=40, **more):
    """Answer a message as oslo.messaging puts it into a queue."""
    sealed = {'kind': 'controller', 'host': 'ctl', 'expires': envelope.now() + lifetime - age}
    message = {'envelope': sealed, 'method': 'run_operation', 'args': {'secret': 'swordfish'}}
    inner = {'method': 'deliver', 'args': {'message': message}, **more}
    return json.dumps({'oslo.version': '2.0', 'oslo.message': json.dumps(inner)})


class MessageTest(base.TestCase):

    def test_wake_up_tells_its_age_and_its_sender(self):
        waiting = queues.read(body(), 300)
        self.assertEqual(('run_operation', 'controller ctl'), (waiting.method, waiting.sender))
        self.assertAlmostEqual(40, waiting.age, delta=1)
        self.assertAlmostEqual(260, waiting.expires_in, delta=1)
        self.assertNotIn('swordfish', repr(waiting))

    def test_question_tells_only_when_it_expires(self):
        waiting = queues.read(body(_msg_id='1'), 300)
        self.assertIsNone(waiting.age)
        self.assertAlmostEqual(260, waiting.expires_in, delta=1)

    def test_anything_else_is_unreadable_and_no_error(self):
        for text in ('', '{}', '{"oslo.message": "[]"}', body().replace('expires', 'x')):
            self.assertEqual('unreadable', queues.read(text, 300).method)


class NamesTest(base.TestCase):

    def test_queues_of_other_products_are_left_alone(self):
        self.assertTrue(queues.is_ours('nova_lite_v1.conductor'))
        self.assertFalse(queues.is_ours('nova.conductor'))


class Api(server.BaseHTTPRequestHandler):
    """RabbitMQ's management API, as far as it is asked."""

    seen = []

    def do_GET(self):
        self.seen.append((self.path, self.headers['Authorization']))
        right = self.headers['Authorization'] == 'Basic ' + base64.b64encode(
            b'monitor:se:cret').decode()
        text = json.dumps([
            {'name': 'nova_lite_v1.conductor', 'messages_ready': 2, 'messages_unacknowledged': 1,
             'consumers': 4, 'type': 'quorum'}, {'name': 'of others', 'messages_ready': 9}])
        self.send_response(200 if right else 401)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_args):
        """Say nothing."""


class ManagementTest(base.TestCase):

    loopback = True

    def setUp(self):
        super().setUp()
        management = server.HTTPServer(('127.0.0.1', 0), Api)
        self.addCleanup(management.server_close)
        thread = threading.Thread(target=management.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(management.shutdown)
        self.port = management.server_port

    def look(self, account):
        return queues.Management(f'http://{account}@127.0.0.1:{self.port}', 'my vhost',
                                 timeout=5).look()

    def test_own_queues_are_told_with_what_is_not_acknowledged(self):
        self.assertEqual([queues.Queue('nova_lite_v1.conductor', 2, 1, 4, 'quorum')],
                         self.look('monitor:se%3Acret'))
        self.assertIn('/api/queues/my%20vhost?columns=', Api.seen[-1][0])

    def test_refusal_is_said(self):
        error = self.assertRaises(exception.BrokerRefused, self.look, 'monitor:wrong')
        self.assertIn('401', str(error))
        self.assertNotIn('wrong', str(error))

    def test_only_web_addresses_are_asked(self):
        self.assertRaises(exception.BrokerRefused, queues.Management, 'file:///etc/passwd', '/',
                          timeout=1)
