# SPDX-License-Identifier: Apache-2.0
"""Two daemons of a kind on one host, each started by itself: every answer finds its asker."""

import threading

from tests.fixtures import boot_sector
from tests.live import base, cloud

SERVERS = 5
"""By each API."""

OPTIONS = {'DEFAULT': {'report_interval': 1, 'service_down_time': 20}}


class SideBySideTest(base.LiveTestCase):

    needs = ('rabbitmq', 'mariadb')

    def setUp(self):
        super().setUp()
        self.cloud = self.useFixture(cloud.Cloud(
            broker=self.broker, database=self.database, options=OPTIONS,
            hosts=[cloud.Host(f'side-{self.name.rsplit("_", 1)[-1]}')]))

    def consumers(self):
        """Answer queue -> number of its consumers, of those that one process has for itself."""
        rows = self.broker.control(
            '--no-table-headers', 'list_queues', '-p', self.broker.vhost, 'name', 'consumers')
        found = dict(row.split('\t') for row in rows.splitlines() if '\t' in row)
        return {name: int(count) for name, count in found.items()
                if name.startswith('reply_') or '_fanout_' in name}

    def test_each_gets_the_answers_to_its_own_questions(self):
        clients = [self.cloud.client, self.cloud.add_twins()]
        image = self.cloud.add_image('boot sector', boot_sector.disk('hello'))
        flavor = self.cloud.add_flavor()
        servers = [client.create(f'server {number}', image, flavor)
                   for number in range(SERVERS) for client in clients]
        for server in servers:
            self.cloud.client.wait_until_active(server)
        told = [[], []]
        # Both ask hosts at the same time.
        asking = [threading.Thread(target=self.ask, args=(client, servers, answers))
                  for client, answers in zip(clients, told, strict=True)]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        self.assertEqual([len(servers)] * 2, [len(answers) for answers in told])
        self.assertEqual({1}, set(self.consumers().values()))
        self.assertEqual([], [daemon.name for daemon in self.cloud.daemons.values()
                              if daemon.has_ended()])
        self.assertEqual([], self.cloud.disagreements())

    @staticmethod
    def ask(client, servers, answers):
        """Ask for the console of each."""
        for server in servers:
            answers.append(client.send(
                'POST', f'/servers/{server}/action', {'os-getConsoleOutput': {}})['output'])
