# SPDX-License-Identifier: Apache-2.0
"""The page of one process, read as Prometheus does."""

import socket
import urllib.request

from prometheus_client import parser, values

from nova_lite import metrics
from nova_lite.metrics import address, catalogue, service
from tests import base

BINARY = 'nova-lite-scheduler'


def free_port():
    """Answer a port that nothing listens on."""
    with socket.socket() as sock:
        sock.bind(('127.0.0.1', 0))
        return sock.getsockname()[1]


class PageTest(base.TestCase):
    """The page of a daemon of one process."""

    loopback = True
    processes = 1

    def setUp(self):
        super().setUp()
        self.addCleanup(setattr, values, 'ValueClass', values.ValueClass)
        self.port = free_port()
        self.override('metrics', enabled=True, scheduler_port=self.port,
                      directory=str(self.temporary_directory()))
        self.service = service.Service(
            BINARY, self.processes, address.claim(BINARY, self.processes))
        self.service.start()
        self.addCleanup(self.service.wait)

    def samples(self):
        """Answer name -> value, of the samples without labels."""
        with urllib.request.urlopen(f'http://127.0.0.1:{self.port}/metrics', timeout=10) as answer:
            text = answer.read().decode()
        return {sample.name: sample.value
                for family in parser.text_string_to_metric_families(text)
                for sample in family.samples if not sample.labels}

    def test_it_tells_what_was_measured(self):
        metrics.count(catalogue.CLAIMS_REFUSED)
        found = self.samples()
        self.assertEqual((1, 0, 1), (
            found['nova_lite_scheduler_claims_refused_total'],
            found['nova_lite_scheduler_servers_placed_total'], found['nova_lite_workers']))


class PageOfSeveralTest(PageTest):
    """The same of a daemon of several processes, of which this is one."""

    processes = 2
