# SPDX-License-Identifier: Apache-2.0
"""Aggregates as availability zones, over HTTP and through all daemons."""

from nova_lite.db.stores import flavors
from tests import base
from tests.functional import api_client, world

BODY = {'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'none'}


class ImagesTest(base.TestCase):
    """Images that are fetched before servers need them."""

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World(hosts=('cmp1', 'cmp2', 'cmp3')))
        self.admin = self.useFixture(api_client.ApiClient('admin', 'ops'))
        made = self.admin.post('/os-aggregates', {'aggregate': {'name': 'rack'}}).json
        self.path = f'/os-aggregates/{made["aggregate"]["id"]}'
        for host in ('cmp1', 'cmp2'):
            self.admin.post(f'{self.path}/action', {'add_host': {'host': host}})

    def cache(self, *image_ids):
        answer = self.admin.post(f'{self.path}/images', {
            'cache': [{'id': image_id} for image_id in image_ids]}, version='2.81')
        self.world.run()
        return answer

    def held(self):
        return {name: process.manager._host.driver.world.keys('images')
                for name, process in self.world.hosts.items()}

    def test_hosts_of_the_aggregate_have_the_image_afterwards(self):
        self.assertEqual((202, ''), (self.cache(world.IMAGE_ID).status, ''))
        self.assertEqual({'cmp1': [world.IMAGE_ID], 'cmp2': [world.IMAGE_ID], 'cmp3': []},
                         self.held())

    def test_host_that_fails_or_is_down_does_not_keep_the_others_from_it(self):
        self.world.kill_host('cmp1')
        self.world.pass_time(120)
        self.cache(world.IMAGE_ID)
        self.assertEqual({'cmp2': [world.IMAGE_ID], 'cmp3': []}, self.held())
        self.assertIn('cmp1 is down', self.logs.output)


class ZonesTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World(hosts=('cmp1', 'cmp2')))
        self.admin = self.useFixture(api_client.ApiClient('admin', 'ops'))
        self.api = self.admin.as_user('fred', 'demo')
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1})
        self.east = self.admin.post('/os-aggregates', {'aggregate': {
            'name': 'rack', 'availability_zone': 'east'}}).json['aggregate']['id']
        self.act('add_host')

    def act(self, action, host='cmp2', status=200):
        answer = self.admin.send(
            'POST', f'/os-aggregates/{self.east}/action', {action: {'host': host}})
        self.assertEqual(status, answer.status)

    def boot(self, zone=None):
        """Create a server; answer its row when nothing moves any more."""
        wanted = {} if zone is None else {'availability_zone': zone}
        made = self.api.post('/servers', {'server': {**BODY, **wanted}}, version='2.37')
        self.world.run()
        return self.world.server(made.json['server']['id'])

    def where(self, row):
        return row['host'], row['availability_zone'], row['requested_zone']

    def test_servers_go_to_the_zone_that_was_asked_for(self):
        for _number in range(2):
            self.assertEqual(('cmp2', 'east', 'east'), self.where(self.boot('east')))
            self.assertEqual(('cmp1', 'nova', 'nova'), self.where(self.boot('nova')))

    def test_server_without_zone_shows_the_one_that_it_came_to(self):
        row = self.boot()
        shown = self.api.get(f'/servers/{row["uuid"]}', version='2.96').json['server']
        self.assertEqual(({'cmp1': 'nova', 'cmp2': 'east'}[row['host']], None), (
            shown['OS-EXT-AZ:availability_zone'], shown['pinned_availability_zone']))

    def test_host_that_starts_again_is_still_in_its_zone(self):
        self.world.kill_host('cmp2')
        self.world.start_host('cmp2')
        self.assertEqual(('cmp2', 'east', 'east'), self.where(self.boot('east')))

    def test_host_leaves_its_zone_once_its_servers_are_gone(self):
        row = self.boot('east')
        self.act('remove_host', status=409)
        self.api.delete(f'/servers/{row["uuid"]}')
        self.world.run()
        self.act('remove_host')
        answer = self.api.send('POST', '/servers', {
            'server': {**BODY, 'availability_zone': 'east'}}, version='2.37')
        self.assertEqual(400, answer.status)
