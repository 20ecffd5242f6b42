# SPDX-License-Identifier: Apache-2.0
"""What requests cost in SQL statements and messages, and that the documentation says so.

Counted are SELECT, INSERT, UPDATE and DELETE of all daemons together, and the
messages between them: two for a call, one for a cast.
Heartbeats and periodic work are not a request's and are not counted.
"""

import csv
import pathlib

from nova_lite.db import engine
from nova_lite.db.stores import flavors, networks
from nova_lite.network import definition
from tests import base
from tests.functional import api_client, world

TABLE = pathlib.Path(__file__).parents[2] / 'doc/source/contributor/costs.csv'
MOST_OF_A_BOOT = (40, 8)
MOST_OF_A_SHOW = (4, 0)


class CostsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World())
        self.admin = self.useFixture(api_client.ApiClient('admin', 'ops'))
        self.api = self.admin.as_user('fred', 'demo')
        networks.create(self.world.admin, definition.define({
            'label': 'private', 'cidr': '10.20.0.0/24', 'bridge': 'br100', 'mtu': 1500}))
        self.api.post('/os-keypairs', {'keypair': {'name': 'mine'}}, version='2.1')
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1})
        # What a process reads once is no cost of a request.
        self.boot('warm')

    def boot(self, name, count=1):
        """Create servers with a key and a NIC and let them be built; answer the id of one."""
        made = self.api.post('/servers', {'server': {
            'name': name, 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'auto',
            'key_name': 'mine', 'metadata': {'role': 'web'},
            'min_count': count, 'max_count': count}}, version='2.37')
        self.world.run()
        return made.json['server']['id']

    def delete(self, uuid):
        self.api.delete(f'/servers/{uuid}')
        self.world.run()

    def cost(self, ask, *args):
        """Answer (statements, messages) of what is done."""
        begin = len(self.world.bus.sent)
        with self.world.database.statements() as sent:
            ask(*args)
        return len(sent), sum(
            2 if message.is_call else 1 for message in self.world.bus.sent[begin:])

    def costs(self):
        """Answer what is done -> its cost."""
        found = {'boot a server': self.cost(self.boot, 'one')}
        server = self.boot('two')
        found['boot three servers by one request'] = self.cost(self.boot, 'three', 3)
        found['GET /servers/{id}'] = self.cost(self.admin.get, f'/servers/{server}')
        for path in ('/servers', '/servers/detail'):
            found[f'GET {path}, however long the page'] = self.cost(
                self.admin.get, f'{path}?all_tenants=1')
        found['delete a server'] = self.cost(self.delete, server)
        return found

    def test_requests_cost_what_the_documentation_says(self):
        is_postgresql = engine.engine().dialect.name == 'postgresql'
        with TABLE.open(newline='') as file:
            written = {what: (int(statements) + is_postgresql * int(more), int(messages))
                       for what, statements, more, messages in list(csv.reader(file))[1:]}
        self.assertEqual(self.costs(), written)

    def test_boot_and_show_stay_within_their_limits(self):
        found = self.costs()
        for what, limits in (('boot a server', MOST_OF_A_BOOT),
                             ('GET /servers/{id}', MOST_OF_A_SHOW)):
            for counted, most in zip(found[what], limits, strict=True):
                self.assertLessEqual(counted, most, what)

    def test_list_costs_the_same_however_long_it_is(self):
        before = self.cost(self.admin.get, '/servers/detail?all_tenants=1')
        self.boot('more', 4)
        self.assertEqual(before, self.cost(self.admin.get, '/servers/detail?all_tenants=1'))
