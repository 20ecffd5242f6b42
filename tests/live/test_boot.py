# SPDX-License-Identifier: Apache-2.0
"""A server's whole life through the real daemons: asked for by HTTP, active, console, gone."""

from tests.fixtures import boot_sector
from tests.live import base, cloud, own_servers

LINE = 'Hello from the boot sector'
HOST = 'boot-{}'


class BootCase(base.LiveTestCase):
    """A cloud with one host."""

    needs = ('rabbitmq', 'mariadb')

    def start_cloud(self, driver, **options):
        """Start the daemons; the host's name is the test's own on this machine."""
        name = HOST.format(self.name.rsplit('_', 1)[-1])
        self.cloud = self.useFixture(cloud.Cloud(
            broker=self.broker, database=self.database,
            hosts=[cloud.Host(name, driver, options)]))
        self.host = name
        self.image = self.cloud.add_image('boot sector', boot_sector.disk(LINE))
        self.flavor = self.cloud.add_flavor()

    def boot(self, networks='none'):
        """Answer the id of a server that has become active."""
        server = self.cloud.client.create('first', self.image, self.flavor, networks)
        self.cloud.client.wait_until_active(server)
        return server

    def delete(self, server):
        """Delete a server and wait."""
        self.assertTrue(self.cloud.client.delete(server))
        self.cloud.client.wait_until_gone(server)


class FakeDriverTest(BootCase):
    """With the fake driver."""

    def test_server_becomes_active_and_goes(self):
        self.start_cloud(cloud.FAKE)
        self.cloud.add_network()
        server = self.boot('auto')
        self.assertEqual([], self.cloud.disagreements())
        self.assertEqual([(self.host, server)], self.cloud.fake_things('guests'))
        address, = self.cloud.client.show(server)['addresses']['private']
        self.assertTrue(address['addr'].startswith('10.99.'))
        self.assertIn('login:', self.cloud.client.console_output(server))
        self.delete(server)
        self.assertEqual([], self.cloud.disagreements())
        self.assertEqual([], self.cloud.client.servers())

    def test_compute_loads_nothing_that_knows_the_database(self):
        self.start_cloud(cloud.FAKE)
        self.boot()
        with open(f'/proc/{self.cloud.daemons[self.host].pid}/maps', encoding='ascii') as maps:
            loaded = maps.read()
        self.assertNotIn('sqlalchemy', loaded)
        self.assertNotIn('MySQLdb', loaded)

    def test_servers_outlive_the_daemons_which_end_when_they_are_told_to(self):
        self.start_cloud(cloud.FAKE)
        server = self.boot()
        codes = {name: daemon.stop() for name, daemon in self.cloud.daemons.items()}
        self.assertEqual({0}, set(codes.values()), codes)
        self.cloud.restart()
        self.assertEqual('ACTIVE', self.cloud.client.show(server)['status'])
        self.delete(server)
        self.assertEqual([], self.cloud.disagreements())


class LibvirtTest(BootCase):
    """With a guest of QEMU."""

    needs = ('rabbitmq', 'mariadb', 'libvirt')

    def test_guest_boots_writes_to_its_console_and_leaves_nothing(self):
        self.start_cloud(cloud.LIBVIRT, libvirt={'virt_type': 'qemu'})
        server = self.boot()
        self.assertEqual([], self.cloud.disagreements())
        self.assertTrue(self.hypervisor.lookupByUUIDString(server).isActive())
        own_servers.wait_until(lambda: LINE in self.cloud.client.console_output(server),
                               'the console log')
        self.delete(server)
        self.assertEqual([], self.cloud.disagreements())
        self.assertEqual([], [path for path in self.cloud.directory.rglob('*')
                              if server in str(path)])
