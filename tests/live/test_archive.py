# SPDX-License-Identifier: Apache-2.0
"""The archive beside daemons that work, killed again and again; the check before an upgrade."""

import concurrent.futures
import random
import subprocess

from tests.fixtures import boot_sector
from tests.live import base, cloud

SERVERS = 16
AT_A_TIME = 4
TABLES = {
    'instances': 'uuid', 'instance_actions': 'instance_uuid', 'operations': 'instance_uuid'}


class ArchiveTest(base.LiveTestCase):
    """A cloud with one fake host, whose servers come and go."""

    needs = ('rabbitmq', 'mariadb')

    def setUp(self):
        super().setUp()
        self.cloud = self.useFixture(cloud.Cloud(
            broker=self.broker, database=self.database, hosts=[cloud.Host('archive-1')]))
        self.image = self.cloud.add_image('boot sector', boot_sector.disk('Hello'))
        self.flavor = self.cloud.add_flavor()

    def command(self, program, *words):
        """Start a program with the controllers' configuration."""
        process = subprocess.Popen(
            [cloud.PROGRAMS / program, '--config-file', self.cloud.directory / 'nova_lite.conf',
             *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(process.stdout.close)
        return process

    def archiver(self):
        return self.command('nova-lite-manage', 'db', 'archive_deleted_rows', '--until-complete',
                            '--max_rows', '50')

    def live_one_life(self, number):
        server = self.cloud.client.create(f'server-{number}', self.image, self.flavor)
        self.cloud.client.wait_until_active(server)
        self.assertTrue(self.cloud.client.delete(server))
        self.cloud.client.wait_until_gone(server)
        return server

    def seen(self, table, column):
        """Answer the servers that have rows in a table."""
        return {row[0] for row in self.cloud.rows(
            f'SELECT {column} FROM {table} WHERE {column} IS NOT NULL')}

    def test_killed_archiver_loses_no_row_and_disturbs_no_daemon(self):
        with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
            lives = [pool.submit(self.live_one_life, number) for number in range(SERVERS)]
            while not all(life.done() for life in lives):
                archiver = self.archiver()
                try:
                    archiver.wait(random.uniform(0.6, 1.4))
                except subprocess.TimeoutExpired:
                    archiver.kill()
                    archiver.wait()
                for table, column in TABLES.items():
                    # In this order a last commit of the archiver's between the two is no fault.
                    archived = self.seen(f'shadow_{table}', column)
                    self.assertEqual(set(), archived & self.seen(table, column))
        servers = {life.result() for life in lives}
        self.assertIn(self.archiver().wait(60), (0, 1))
        self.assertEqual(0, self.archiver().wait(60))
        for table, column in TABLES.items():
            self.assertEqual((set(), servers), (
                self.seen(table, column), self.seen(f'shadow_{table}', column)))
        self.assertEqual([], self.cloud.disagreements())
        self.assertEqual([], self.cloud.fake_things('guests'))

    def test_controller_that_works_is_ready_for_its_own_release(self):
        check = self.command('nova-lite-status', 'upgrade', 'check')
        text, _nothing = check.communicate(timeout=60)
        self.assertEqual(0, check.returncode, text)
        self.assertEqual(10, text.count('Result: Success'))
