# SPDX-License-Identifier: Apache-2.0
"""Builds that take addresses at the same time, in a real MariaDB."""

import concurrent.futures

from nova_lite import context, exception
from nova_lite.db import engine, models
from nova_lite.db.stores import networks
from nova_lite.network import definition
from tests.live import base

SERVERS, THREADS = 61, 12


class AddressAllocationTest(base.LiveTestCase):

    needs = ('mariadb',)

    def setUp(self):
        super().setUp()
        engine.configure(self.database.url, max_pool_size=THREADS)
        models.metadata.create_all(engine.engine())
        self.addCleanup(lambda: engine.engine().dispose())
        self.context = context.get_admin_context()

    def test_last_addresses_are_given_once_each_however_many_want_them(self):
        networks.create(self.context, definition.define({
            'label': 'narrow', 'cidr': '10.20.0.0/26', 'bridge': 'br100', 'mtu': 1500}))

        @engine.retry_on_deadlock
        def allocate(number):
            with engine.writer(self.context):
                return networks.allocate(
                    self.context, f'{number:036d}', 'h1', networks.AUTO, 'p')[0]

        def try_to_allocate(number):
            try:
                return allocate(number)
            except exception.NoMoreFixedIps:
                return None

        with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
            nics = [nic for nic in pool.map(try_to_allocate, range(SERVERS + 15)) if nic]

        self.assertEqual(SERVERS, len(nics))
        self.assertEqual(SERVERS, len({nic['fixed_ips'][0]['address'] for nic in nics}))
        self.assertEqual({'usable': SERVERS, 'used': SERVERS},
                         networks.usage(self.context)[nics[0]['network']['id']])

    def test_addresses_go_and_come_while_others_are_taken(self):
        network = networks.create(self.context, definition.define({
            'label': 'busy', 'cidr': '10.20.0.0/27', 'bridge': 'br100', 'mtu': 1500}))

        @engine.retry_on_deadlock
        def allocate(uuid):
            with engine.writer(self.context):
                networks.allocate(self.context, uuid, 'h1', networks.AUTO, 'p')

        @engine.retry_on_deadlock
        def release(uuid):
            with engine.writer(self.context):
                networks.release(self.context, uuid)

        def come_and_go(number):
            for _round in range(10):
                allocate(f'{number:036d}')
                release(f'{number:036d}')

        with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(come_and_go, range(THREADS)))

        self.assertEqual({'usable': 29, 'used': 0}, networks.usage(self.context)[network['id']])
