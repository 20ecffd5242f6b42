# SPDX-License-Identifier: Apache-2.0
"""[conductor] use_local: a compute daemon with a database of its own."""

from tests.fixtures import boot_sector
from tests.live import base, cloud, own_servers

BEATS = 'Broker and database answer'


class UseLocalTest(base.LiveTestCase):
    """One host, which asks the database and not a conductor."""

    needs = ('rabbitmq', 'mariadb')

    def setUp(self):
        super().setUp()
        secrets = {'operations': {'secrets_key_file': self.directory / 'secrets.key'}}
        self.host = f'local-{self.name.rsplit("_", 1)[-1]}'
        self.cloud = self.useFixture(cloud.Cloud(
            broker=self.broker, database=self.database, options=secrets,
            hosts=[cloud.Host(self.host, cloud.FAKE, {
                'conductor': {'use_local': True},
                'database': {'connection': self.database.url.replace('+mysqldb', '')},
                **secrets})]))

    def test_host_works_without_a_conductor(self):
        client = self.cloud.client
        server = client.create(
            'first', self.cloud.add_image('boot sector', boot_sector.disk('hello')),
            self.cloud.add_flavor(), adminPass='secret')
        client.wait_until_active(server)
        daemon = self.cloud.daemons[self.host]
        own_servers.wait_until(lambda: BEATS in daemon.log(), 'a heartbeat')
        with open(f'/proc/{daemon.pid}/maps', encoding='ascii') as maps:
            self.assertIn('MySQLdb', maps.read())
        # Only the host's phase is left of a delete, and no conductor is there to be asked.
        self.cloud.daemons['conductor'].stop()
        self.assertTrue(client.delete(server))
        client.wait_until_gone(server)
        self.assertEqual([], self.cloud.disagreements())
        # The very first may come before the daemon's own queue is there.
        self.assertNotIn('No heartbeat', daemon.log().partition(BEATS)[2])
