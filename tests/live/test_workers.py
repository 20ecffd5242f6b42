# SPDX-License-Identifier: Apache-2.0
"""Daemons of several processes: each is somebody of its own, and none is missed for long."""

import contextlib
import os
import re
import signal
import time

from tests.fixtures import boot_sector
from tests.live import base, cloud, own_servers

SERVES = re.compile(r'^\S+ \S+ (\d+) .* serves conductor on controller as incarnation (\S+)$',
                    re.MULTILINE)
LISTENS = re.compile(r'^\S+ \S+ (\d+) .* osapi_compute listens on ', re.MULTILINE)
TIME_TO_LIVE = 4
SWEEPS = 2
"""Seconds in which another conductor looks again, and a host is asked."""

OPTIONS = {
    'DEFAULT': {'report_interval': 1, 'service_down_time': TIME_TO_LIVE,
                'osapi_compute_workers': 2},
    'conductor': {'workers': 2},
    'operations': {'sweep_interval': 0.5, 'wake_up_again_after': 1},
}
WORKERS = 2


class WorkersTest(base.LiveTestCase):
    """A conductor and an API of two workers each."""

    needs = ('rabbitmq', 'mariadb')

    def setUp(self):
        super().setUp()
        self.cloud = self.useFixture(cloud.Cloud(
            broker=self.broker, database=self.database, options=OPTIONS,
            hosts=[cloud.Host(f'workers-{self.name.rsplit("_", 1)[-1]}', cloud.FAKE,
                              {'DEFAULT': {'report_interval': 1,
                                           'service_down_time': TIME_TO_LIVE}})]))
        self.conductor, self.api = self.cloud.daemons['conductor'], self.cloud.daemons['api']
        self.image = self.cloud.add_image('boot sector', boot_sector.disk('hello'))
        self.flavor = self.cloud.add_flavor()
        own_servers.wait_until(lambda: len(self.conductors()) == WORKERS, 'two conductors')
        own_servers.wait_until(lambda: len(self.listeners()) == WORKERS, 'two listeners')

    def conductors(self):
        """Answer incarnation -> process, of all that ever served."""
        return {incarnation: int(pid) for pid, incarnation in SERVES.findall(self.conductor.log())}

    def listeners(self):
        """Answer the processes of the API, of all that ever listened."""
        return {int(pid) for pid in LISTENS.findall(self.api.log())}

    def recorded(self):
        """Answer incarnation -> worker of the conductors in the database."""
        return dict(self.cloud.rows(
            'SELECT incarnations.id, worker FROM incarnations JOIN services '
            'ON services.id = service_id WHERE `binary` = "nova-lite-conductor"'))

    def owner(self, server):
        """Answer the incarnation that has a server's operation, if one has."""
        found = self.cloud.rows('SELECT owner FROM operations WHERE owner IS NOT NULL '
                                f'AND instance_uuid = "{server}"')
        return found[0][0] if found else None

    @contextlib.contextmanager
    def silent_scheduler(self):
        """Keep whoever asks the scheduler waiting."""
        pid = self.cloud.daemons['scheduler'].pid
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def test_workers_are_replaced_their_work_is_taken_over_and_all_end_together(self):
        # One test, for the start of the daemons takes longer than all of it.
        self.check_that_a_killed_worker_of_the_api_is_replaced_and_others_answer()
        self.check_that_work_of_a_killed_conductor_is_taken_over()
        self.check_that_all_workers_end_with_their_daemon()

    def check_that_work_of_a_killed_conductor_is_taken_over(self):
        first = self.conductors()
        self.assertEqual(set(first), set(self.recorded()))
        self.assertEqual({'0', '1'}, set(self.recorded().values()))
        self.assertEqual(WORKERS, len(set(first.values())))
        own_servers.wait_until(
            lambda: self.conductor.log().count('Broker and database answer') >= WORKERS,
            'heartbeats')
        time.sleep(TIME_TO_LIVE)  # a sweeper gives everybody this time after it has begun
        with self.silent_scheduler():
            server = self.cloud.client.create('first', self.image, self.flavor)
            own_servers.wait_until(lambda: self.owner(server), 'an owner of the build')
            killed = self.owner(server)
            os.kill(first[killed], signal.SIGKILL)
            killed_at = time.monotonic()
        self.cloud.client.wait_until_active(server)
        self.assertLess(time.monotonic() - killed_at, TIME_TO_LIVE + SWEEPS)
        own_servers.wait_until(lambda: len(self.conductors()) == WORKERS + 1, 'a new worker')
        own_servers.wait_until(
            lambda: set(self.recorded()) == set(self.conductors()) - {killed}, 'two incarnations')
        self.assertEqual({'0', '1'}, set(self.recorded().values()))
        self.assertEqual([], self.cloud.disagreements())

    def check_that_a_killed_worker_of_the_api_is_replaced_and_others_answer(self):
        first = self.listeners()
        os.kill(min(first), signal.SIGKILL)
        own_servers.wait_until(lambda: len(self.listeners()) == WORKERS + 1, 'a new worker')
        self.cloud.client.disconnect()
        server = self.cloud.client.create('first', self.image, self.flavor)
        self.cloud.client.wait_until_active(server)
        self.assertEqual([], self.cloud.disagreements())

    def check_that_all_workers_end_with_their_daemon(self):
        processes = {*self.conductors().values(), *self.listeners()}
        self.assertEqual((0, 0), (self.conductor.stop(), self.api.stop()))
        own_servers.wait_until(
            lambda: not any(os.path.exists(f'/proc/{pid}') for pid in processes), 'their end')
        self.conductor.start()
        self.conductor.wait_until_it_serves()
        survivors = {pid for incarnation, pid in self.conductors().items()} - processes
        self.conductor.kill()
        own_servers.wait_until(
            lambda: not any(os.path.exists(f'/proc/{pid}') for pid in survivors), 'their end')
