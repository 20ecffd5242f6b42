# SPDX-License-Identifier: Apache-2.0
"""Where the API listens."""

import os
import socket

from nova_lite import exception
from nova_lite.api import listeners
from tests import base

HOST = '127.0.0.1'


class EnabledTest(base.TestCase):
    """What the options say."""

    def test_each_service_has_its_address_and_its_processes(self):
        self.override(enabled_apis=['metadata'], metadata_listen=HOST,
                      metadata_listen_port=1775, metadata_workers=3)
        [found] = listeners.enabled()
        self.assertEqual(('metadata', HOST, 1775), (found.name, found.host, found.port))
        self.assertEqual(3, listeners.processes(found))

    def test_there_is_a_process_for_each_cpu_unless_told_otherwise(self):
        self.override(enabled_apis=['metadata'], metadata_workers=None)
        self.assertEqual([os.cpu_count()], [*map(listeners.processes, listeners.enabled())])


class OpenedTest(base.TestCase):
    """What is done before there are processes."""

    def test_certificate_that_is_not_there_keeps_the_daemon_from_starting(self):
        self.override(enabled_apis=['metadata'], metadata_listen=HOST, metadata_listen_port=1775,
                      enabled_ssl_apis=['metadata'])
        self.override('wsgi', ssl_cert_file='/nowhere')
        self.patch(listeners, 'listening_socket', self.fail)
        self.assertRaises(exception.CertificateUnusable, listeners.opened)


class ListeningSocketTest(base.TestCase):
    """The socket that all processes of the daemon accept from."""

    loopback = True

    def listening(self, host=HOST):
        sock = listeners.listening_socket(host, 0)
        self.addCleanup(sock.close)
        return sock

    def test_it_listens_by_ipv4_or_ipv6(self):
        self.assertEqual(HOST, self.listening().getsockname()[0])
        self.assertEqual('::1', self.listening('::1').getsockname()[0])

    def test_dead_peers_are_noticed(self):
        self.override('wsgi', tcp_keepidle=77)
        self.assertEqual(77, self.listening().getsockopt(
            socket.IPPROTO_TCP, socket.TCP_KEEPIDLE))

    def test_address_that_is_taken_leaves_nothing_open(self):
        port = self.listening().getsockname()[1]
        self.assertRaises(OSError, listeners.listening_socket, HOST, port)

    def test_each_service_has_a_socket(self):
        self.override(enabled_apis=['metadata'], metadata_listen=HOST, metadata_listen_port=0)
        [(listener, sock)] = listeners.opened()
        self.addCleanup(sock.close)
        self.assertEqual(('metadata', HOST), (listener.name, sock.getsockname()[0]))
