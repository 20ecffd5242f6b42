# SPDX-License-Identifier: Apache-2.0
"""What the live tests are lent: their own, reachable, and gone afterwards."""

import kombu
import sqlalchemy as sa

from tests.live import base, services


class BrokerTest(base.LiveTestCase):

    needs = ('rabbitmq',)

    def test_account_reaches_its_virtual_host(self):
        url = self.broker.add_account('worker').replace('rabbit:', 'amqp:')
        with kombu.Connection(url, connect_timeout=10) as connection:
            queue = connection.SimpleQueue('line')
            queue.put('hello')
            self.assertEqual('hello', queue.get(timeout=10).payload)
            queue.close()

    def test_account_may_not_do_what_it_was_not_given(self):
        url = self.broker.add_account('worker', configure='^$').replace('rabbit:', 'amqp:')
        with kombu.Connection(url, connect_timeout=10) as connection:
            self.assertRaises(connection.channel_errors, connection.SimpleQueue, 'line')

    def test_nothing_is_left_behind(self):
        other = base.Broker(f'{self.name}x')
        other.create()
        other.add_account('worker')
        other.remove()
        self.assertNotIn(other.vhost, services.run('rabbitmqctl', '-q', 'list_vhosts'))
        self.assertNotIn(other.vhost, services.run('rabbitmqctl', '-q', 'list_users'))


class DatabaseTest(base.LiveTestCase):

    needs = ('mariadb',)

    def test_database_is_reached_by_its_url(self):
        engine = sa.create_engine(self.database.url)
        self.addCleanup(engine.dispose)
        with engine.connect() as connection:
            self.assertEqual(self.name, connection.scalar(sa.text('SELECT DATABASE()')))

    def test_database_of_somebody_else_is_out_of_reach(self):
        engine = sa.create_engine(self.database.url)
        self.addCleanup(engine.dispose)
        with engine.connect() as connection:
            listed = connection.scalars(sa.text('SHOW DATABASES')).all()
        self.assertEqual({self.name, 'information_schema'}, set(listed))


class HypervisorTest(base.LiveTestCase):

    needs = ('libvirt',)

    def test_hypervisor_answers(self):
        self.assertEqual('QEMU', self.hypervisor.getType())

    def test_domain_of_a_test_is_removed_after_it(self):
        self.hypervisor.defineXML(f"""
            <domain type='qemu'><name>{self.name}</name><memory unit='MiB'>16</memory>
            <os><type arch='x86_64'>hvm</type></os></domain>""")
        self._remove_domains()
        self.assertEqual([], [domain.name() for domain in self.hypervisor.listAllDomains()
                              if self.name in domain.name()])
