# SPDX-License-Identifier: Apache-2.0
"""The page as an HTTP server: what it answers, and to whom."""

import http.client
import socket

import prometheus_client

from nova_lite.metrics import page
from tests import base


class Broken:
    """Figures that can not be read."""

    def collect(self):
        raise OSError('no such file')


class PageTest(base.TestCase):
    """A page at a port of this machine."""

    loopback = True

    def setUp(self):
        super().setUp()
        self.registry = prometheus_client.CollectorRegistry()
        listening = socket.create_server(('127.0.0.1', 0))
        self.port = listening.getsockname()[1]
        served = page.Page(listening, self.registry)
        served.start()
        self.addCleanup(served.stop)

    def ask(self, path='/metrics', method='GET', **headers):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=10)
        self.addCleanup(connection.close)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer, answer.read().decode()

    def test_prometheus_may_ask_for_the_newer_form(self):
        answer, text = self.ask(Accept='application/openmetrics-text;version=1.0.0')
        self.assertTrue(answer.headers['Content-Type'].startswith('application/openmetrics-text'))
        self.assertTrue(text.endswith('# EOF\n'))

    def test_there_is_nothing_else(self):
        self.assertEqual([404, 501], [
            self.ask('/')[0].status, self.ask(method='POST')[0].status])
        answer, text = self.ask(method='HEAD')
        self.assertEqual((200, ''), (answer.status, text))

    def test_a_silent_client_keeps_nobody_waiting(self):
        with socket.create_connection(('127.0.0.1', self.port)):
            self.assertEqual(200, self.ask()[0].status)

    def test_figures_that_can_not_be_read_are_an_error_and_not_the_end(self):
        broken = Broken()
        self.patch(broken, 'collect', list)
        self.registry.register(broken)
        self.assertEqual(200, self.ask()[0].status)
        self.patch(broken, 'collect', lambda: Broken().collect())
        self.assertEqual(500, self.ask()[0].status)
        self.assertIn('no such file', self.logs.output)
