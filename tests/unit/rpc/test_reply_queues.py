# SPDX-License-Identifier: Apache-2.0
"""The kind of the queues for answers, by the release that a broker tells."""

import contextlib
import socket
import threading

from amqp import serialization
from oslo_messaging import transport

from nova_lite.rpc import reply_queues
from tests import base

CONNECTION_START = (10, 10)


class KindTest(base.TestCase):
    """A broker that says who it is and ends the connection."""

    loopback = True

    def kind(self, port, setting=reply_queues.AUTO):
        host = transport.TransportHost('127.0.0.1', port, 'user', 'password')
        return reply_queues.kind_for(setting, [host], 'vhost', timeout=5)

    @contextlib.contextmanager
    def broker(self, greeting):
        """Give the port of a server that greets twice-connecting clients with these bytes."""
        with socket.create_server(('127.0.0.1', 0)) as server:
            thread = threading.Thread(target=self._greet, args=(server, greeting))
            thread.start()
            yield server.getsockname()[1]
            thread.join()

    @staticmethod
    def _greet(server, greeting):
        server.accept()[0].close()
        client, _address = server.accept()
        with client:
            client.recv(8)
            client.sendall(greeting)

    @staticmethod
    def start_of(version):
        """Answer the first frame of a broker of that release."""
        arguments = serialization.dumps(
            'ooFSS', (0, 9, {'version': version}, b'PLAIN', b'en_US'))
        body = bytes([0, CONNECTION_START[0], 0, CONNECTION_START[1]]) + arguments
        return b'\x01\x00\x00' + len(body).to_bytes(4, 'big') + body + b'\xce'

    def test_rabbitmq_3_gets_classic_queues(self):
        with self.broker(self.start_of('3.12.1')) as port:
            self.assertEqual(reply_queues.CLASSIC, self.kind(port))

    def test_rabbitmq_4_gets_quorum_queues(self):
        with self.broker(self.start_of('4.3.0')) as port:
            self.assertEqual(reply_queues.QUORUM, self.kind(port))

    def test_broker_that_does_not_tell_its_release_gets_quorum_queues(self):
        with self.broker(b'\x15\x03\x01\x00\x02\x02\x0a') as port:
            self.assertEqual(reply_queues.QUORUM, self.kind(port))

    def test_operators_choice_needs_no_broker(self):
        self.assertEqual('classic', self.kind(1, setting='classic'))

    def test_broker_that_is_away_is_an_outage(self):
        with socket.create_server(('127.0.0.1', 0)) as server:
            port = server.getsockname()[1]
        self.assertRaises(ConnectionRefusedError, self.kind, port)
