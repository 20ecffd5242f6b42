# SPDX-License-Identifier: Apache-2.0
"""The life of the daemons: they stop and start again under load, and nobody notices.

Each test runs on the kinds of threads that it names.
"""

import http.client
import os
import signal
import threading
import time

from nova_lite import concurrency
from tests.fixtures import boot_sector
from tests.live import base, cloud, compute_client, own_servers

SERVERS = 20
CLIENTS = 8
TIME_TO_LIVE = 20
RESTART = 12
"""Seconds in which daemons that were stopped and started have gone on, well below the
time after which silent ones are given up."""

API_WORKERS = 2
CONDUCTOR_WORKERS = 2
WITH_A_MASTER = 2
"""A daemon of more processes than that has a master, which has started the others."""
HOST_OPTIONS = {'DEFAULT': {'report_interval': 1, 'service_down_time': TIME_TO_LIVE}}


class DaemonsCase(base.LiveTestCase):
    """A cloud of one host whose daemons run on one kind of threads."""

    needs = ('rabbitmq', 'mariadb')
    kind = concurrency.THREADING

    def setUp(self):
        super().setUp()
        backend = {'concurrency_backend': self.kind}
        self.cloud = self.useFixture(cloud.Cloud(
            broker=self.broker, database=self.database,
            options={'DEFAULT': {'report_interval': 1, 'service_down_time': TIME_TO_LIVE,
                                 'osapi_compute_workers': API_WORKERS},
                     'conductor': {**backend, 'workers': 2},
                     'quota': {'instances': -1, 'cores': -1, 'ram': -1},
                     'api': backend, 'scheduler': backend},
            hosts=[cloud.Host(f'daemons-{self.name.rsplit("_", 1)[-1]}', cloud.FAKE,
                              {**HOST_OPTIONS, 'compute': backend})]))
        self.image = self.cloud.add_image('boot sector', boot_sector.disk('hello'))
        self.flavor = self.cloud.add_flavor()

    def boot(self, count):
        return [self.cloud.client.create(f'server {number}', self.image, self.flavor)
                for number in range(count)]

    def check_boot_list_and_delete(self):
        [server] = self.boot(1)
        self.cloud.client.wait_until_active(server)
        self.assertEqual([server], [found['id'] for found in
                                    self.cloud.client.send('GET', '/servers')['servers']])
        self.cloud.client.send('DELETE', f'/servers/{server}')
        own_servers.wait_until(
            lambda: not self.cloud.client.send('GET', '/servers')['servers'], 'the delete')

    def check_stop_during_boots(self):
        # The workers that it was connected to are gone.
        self.cloud.client.disconnect()
        servers = self.boot(SERVERS)
        working = [self.cloud.daemons[name] for name in
                   (*self.cloud.hosts, 'scheduler', 'conductor')]
        codes = [daemon.stop() for daemon in working]
        self.assertEqual([0] * len(codes), codes)
        self.assertEqual([], self.cloud.rows(
            'SELECT incarnations.id FROM incarnations'))
        started_at = time.monotonic()
        for daemon in working:
            daemon.start()
        for daemon in working:
            daemon.wait_until_it_serves()
        for server in servers:
            self.cloud.client.wait_until_active(server)
        self.assertLess(time.monotonic() - started_at, RESTART)
        self.assertEqual([], self.cloud.disagreements())

    def check_reload_of_the_api(self):
        api = self.cloud.daemons['api']
        asking = Asking(self.cloud.port)
        asking.start()
        try:
            for times in (1, 2):
                os.kill(api.pid, signal.SIGHUP)
                own_servers.wait_until(
                    lambda times=times: (
                        min(api.log().count('osapi_compute listens on') - API_WORKERS,
                            api.log().count('Stopped')) >= times * API_WORKERS),
                    'new workers')
        finally:
            answers, failures = asking.stop()
        self.assertEqual([], failures)
        self.assertGreater(answers, CLIENTS)

    def check_changed_options(self):
        [host] = self.cloud.hosts
        self.cloud.change('api', 'operations', sweep_interval=3)
        self.cloud.change('api', 'filter_scheduler', host_subset_size=2)
        self.cloud.change('api', 'DEFAULT', state_path='/somewhere/else')
        self.cloud.change(host, 'DEFAULT', reserved_host_cpus=7, update_resources_interval=1)
        for name in ('conductor', 'scheduler', host):
            os.kill(self.cloud.daemons[name].pid, signal.SIGHUP)
        own_servers.wait_until(lambda: self.cloud.rows(
            'SELECT reserved FROM inventories WHERE resource_class = "VCPU"') == [['7']],
            'the report of what the host reserves')
        self.wait_for_lines('conductor', 'operations.sweep_interval', CONDUCTOR_WORKERS)
        self.wait_for_lines('scheduler', 'filter_scheduler.host_subset_size', 1)
        self.wait_for_lines('scheduler', 'immutable option DEFAULT.state_path', 1)
        self.cloud.change('api', 'DEFAULT', state_path=self.cloud.directory)

    def wait_for_lines(self, name, words, count):
        own_servers.wait_until(
            lambda: sum(words in line for line in self.cloud.daemons[name].log().splitlines())
            >= count, f'{count} line(s) of {name} with {words}')

    def check_reports(self):
        [host] = self.cloud.hosts
        for name, section in (('api', 'sends as = nova-lite-api of controller controller'),
                              ('conductor', 'serves = conductor.controller'),
                              ('scheduler', 'serves = scheduler.controller'),
                              (host, f'serves = compute.{host}')):
            daemon = self.cloud.daemons[name]
            processes = daemon.pids if len(daemon.pids) > WITH_A_MASTER else [daemon.pid]
            for pid in processes:
                os.kill(pid, signal.SIGUSR2)
            self.wait_for_lines(name, section, max(1, len(processes) - 1))
            self.wait_for_lines(name, 'Guru Meditation', len(processes))
        self.wait_for_lines('conductor', 'worker 1 = process', 1)
        self.wait_for_lines('conductor', 'outbox = ', CONDUCTOR_WORKERS)


class Asking:
    """Clients that ask without a pause, and note what fails."""

    def __init__(self, port):
        self._port = port
        self._stopping = threading.Event()
        self._failures = []
        self._answers = 0
        self._threads = [threading.Thread(target=self._ask) for _client in range(CLIENTS)]

    def start(self):
        for thread in self._threads:
            thread.start()

    def _ask(self):
        # It repeats nothing; a connection that the answer says is closed is made anew.
        connection = http.client.HTTPConnection('127.0.0.1', self._port, timeout=60)
        while not self._stopping.is_set():
            try:
                connection.request('GET', '/v2.1/servers', headers={'X-Auth-Token': 'fred:demo'})
                answer = connection.getresponse()
                answer.read()
                self._note(answer.status)
            except compute_client.BROKEN as error:
                self._note(repr(error))
                connection.close()
        connection.close()

    def _note(self, outcome):
        if outcome == http.client.OK:
            self._answers += 1
        else:
            self._failures.append(outcome)

    def stop(self):
        """Answer how many requests went well, and what went wrong."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        return self._answers, self._failures


class NativeThreadsTest(DaemonsCase):
    """All daemons on native threads."""

    def test_daemons_work_reload_and_stop_without_losing_anything(self):
        # One test, for the start of the daemons takes longer than all of it.
        self.check_boot_list_and_delete()
        self.check_reload_of_the_api()
        self.check_changed_options()
        self.check_reports()
        self.check_stop_during_boots()


class GreenThreadsTest(DaemonsCase):
    """All daemons on green threads."""

    kind = concurrency.EVENTLET

    def test_daemons_work_reload_and_stop_without_losing_anything(self):
        self.check_boot_list_and_delete()
        self.check_reload_of_the_api()
        self.check_changed_options()
        self.check_reports()
        self.check_stop_during_boots()
