# SPDX-License-Identifier: Apache-2.0
"""The figures of real daemons, read as Prometheus does, while servers are built."""

import os
import re
import signal
import urllib.request

from prometheus_client import parser

from tests.fixtures import boot_sector
from tests.live import base, cloud, own_servers

WORKERS = 2
SERVERS = 3
DAEMONS = ('api', 'conductor', 'scheduler', 'compute')


class MetricsTest(base.LiveTestCase):
    """An API and a conductor of two workers each, a scheduler, a host."""

    needs = ('rabbitmq', 'mariadb')

    def setUp(self):
        super().setUp()
        self.ports = {name: own_servers.free_port() for name in DAEMONS}
        options = {'enabled': True, **{f'{name}_port': port for name, port in self.ports.items()}}
        self.cloud = self.useFixture(cloud.Cloud(
            broker=self.broker, database=self.database,
            options={'DEFAULT': {'report_interval': 1, 'osapi_compute_workers': WORKERS},
                     'conductor': {'workers': WORKERS}, 'metrics': options},
            hosts=[cloud.Host(f'metrics-{self.name.rsplit("_", 1)[-1]}', cloud.FAKE,
                              {'metrics': options})]))
        image = self.cloud.add_image('boot sector', boot_sector.disk('hello'))
        flavor = self.cloud.add_flavor()
        self.servers = []
        for number in range(SERVERS):
            # A new connection each time comes to any of the workers.
            self.cloud.client.disconnect()
            server = self.cloud.client.create(f'server {number}', image, flavor)
            self.cloud.client.wait_until_active(server)
            self.servers.append(server)

    def samples(self, daemon):
        """Answer all samples of a daemon's page."""
        with urllib.request.urlopen(
                f'http://127.0.0.1:{self.ports[daemon]}/metrics', timeout=10) as answer:
            text = answer.read().decode()
        return [sample for family in parser.text_string_to_metric_families(text)
                for sample in family.samples]

    def value(self, daemon, name, **labels):
        """Answer a figure, of all samples that have the labels."""
        return sum(sample.value for sample in self.samples(daemon)
                   if sample.name in (f'nova_lite_{name}', name)
                   and labels.items() <= sample.labels.items())

    def builds(self):
        return self.value('api', 'api_requests_total', method='POST', route='/servers',
                          status='202')

    def test_pages_tell_sums_that_outlive_workers(self):
        # One test, for the start of the daemons takes longer than all of it.
        self.check_each_daemon_tells_what_it_did()
        self.check_logs_name_request_and_server()
        self.check_processes()
        self.check_sums_outlive_workers()

    def check_each_daemon_tells_what_it_did(self):
        self.assertEqual(SERVERS, self.builds())
        self.assertEqual(SERVERS, self.value(
            'conductor', 'operation_phase_seconds_count', kind='build', phase='schedule',
            outcome='handed_over'))
        self.assertEqual(SERVERS, self.value(
            'conductor', 'rpc_call_seconds_count', topic='scheduler',
            method='select_destinations', outcome='ok'))
        self.assertEqual((SERVERS, SERVERS), (
            self.value('scheduler', 'scheduler_servers_placed_total'),
            self.value('scheduler', 'rpc_served_seconds_count', method='select_destinations')))
        self.assertEqual(SERVERS, self.value(
            'compute', 'operations_finished_total', kind='build', outcome='done'))
        for daemon in ('api', 'conductor', 'scheduler'):
            self.assertLess(0, self.value(daemon, 'sql_statement_seconds_count', kind='select'))
        self.assertEqual(0, self.value('compute', 'sql_statement_seconds_count'))

    def check_logs_name_request_and_server(self):
        for server in self.servers:
            # Lines of requests begin with an address; those that looked at the server have ids
            # of their own.
            line = re.compile(
                rf'\[(req-\S+) fred demo - - - -\] \[instance: {server}\] [A-Za-z]')
            found = {name: set(line.findall(daemon.log()))
                     for name, daemon in self.cloud.daemons.items()}
            requests = set.union(*found.values())
            self.assertEqual(1, len(requests), found)
            self.assertEqual(dict.fromkeys(found, requests), found)

    def check_processes(self):
        for daemon, count in (('api', WORKERS), ('conductor', WORKERS), ('scheduler', 1),
                              ('compute', 1)):
            found = self.samples(daemon)
            self.assertEqual({str(number) for number in range(count)}, {
                sample.labels['worker'] for sample in found
                if sample.name == 'process_resident_memory_bytes'})
            self.assertEqual([count], [sample.value for sample in found
                                       if sample.name == 'nova_lite_workers'])
            own_servers.wait_until(
                lambda daemon=daemon: self.value(daemon, 'heartbeat_timestamp_seconds'),
                'heartbeats')

    def check_sums_outlive_workers(self):
        api = self.cloud.daemons['api']
        workers = self.listeners()
        os.kill(min(workers), signal.SIGKILL)
        own_servers.wait_until(lambda: len(self.listeners()) == WORKERS + 1, 'a new worker')
        self.assertEqual(SERVERS, self.builds())
        os.kill(api.pid, signal.SIGHUP)
        own_servers.wait_until(lambda: len(self.listeners()) == 2 * WORKERS + 1, 'new workers')
        own_servers.wait_until(lambda: self.value('api', 'workers') == WORKERS, 'their end')
        self.assertEqual(SERVERS, self.builds())
        files = sorted(path.name for path in (self.cloud.directory / 'metrics').glob('*api*/*'))
        self.assertLessEqual(len(files), 6 * (WORKERS + 1), files)

    def listeners(self):
        """Answer the processes of the API, of all that ever served."""
        return {int(line.split()[2]) for line in self.cloud.daemons['api'].log().splitlines()
                if 'osapi_compute listens on' in line}
