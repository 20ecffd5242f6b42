# SPDX-License-Identifier: Apache-2.0
"""What servers leave behind in the database, taken away while others run; pins of messages."""

from nova_lite.db.stores import archive, archive_rest, flavors
from nova_lite.rpc import versions
from tests import base
from tests.fixtures import ended
from tests.functional import api_client, world

BODY = {'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'none'}


def in_any_order(tables):
    """Answer name -> the rows of a table, sorted."""
    return {name: sorted(map(repr, rows)) for name, rows in tables.items()}


class LifeOfRecordsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World())
        self.api = self.useFixture(api_client.ApiClient('admin', 'ops')).as_user('fred', 'demo')
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1})

    def create(self, **changes):
        return self.api.post('/servers', {'server': {**BODY, **changes}},
                             version='2.37').json['server']['id']

    def delete(self, uuid):
        self.api.delete(f'/servers/{uuid}')

    def archive(self):
        budget = archive.Budget()
        return sum(moved.total() for part in (archive.servers, archive_rest.batches)
                   for moved in part(self.world.admin, budget))

    def test_deleted_servers_leave_the_live_tables_empty(self):
        self.create(min_count=3, name='many')
        self.create(name='single', metadata={'role': 'db'})
        self.world.run()
        uuids = {row['uuid'] for row in ended.contents('instances')}
        for uuid in uuids:
            self.delete(uuid)
        self.world.run()
        before = ended.live()
        self.archive()
        self.assertEqual({}, ended.live())
        self.assertEqual(in_any_order(before), in_any_order(ended.archived()))
        self.assertEqual(uuids, {row['uuid'] for row in ended.contents('shadow_instances')})

    def test_server_whose_host_is_away_stays_until_its_guest_is_gone(self):
        uuid = self.create()
        self.world.run()
        self.world.kill_host('cmp1')
        self.world.pass_time(120)
        self.delete(uuid)
        self.world.settle()
        self.assertEqual(404, self.api.send('GET', f'/servers/{uuid}').status)
        self.assertEqual(0, self.archive())
        self.world.start_host('cmp1')
        self.world.settle()
        self.archive()
        self.assertEqual({}, ended.live())

    def test_server_beside_the_archived_ones_goes_on(self):
        gone, kept = self.create(), self.create()
        self.world.run()
        self.delete(gone)
        self.world.run()
        self.archive()
        self.delete(kept)
        self.world.run()
        self.assertEqual(404, self.api.send('GET', f'/servers/{kept}').status)
        self.assertEqual([], self.world.leftovers())

    def test_pins_that_find_out_by_themselves_disturb_no_boot(self):
        versions.forget()
        self.addCleanup(versions.forget)
        self.override('upgrade_levels', compute='auto', conductor='auto', scheduler='auto')
        uuid = self.create()
        self.world.run()
        self.assertEqual('active', self.world.server(uuid)['vm_state'])
