# SPDX-License-Identifier: Apache-2.0
"""Server groups over HTTP and through all daemons: where members come to be."""

from nova_lite.db.stores import flavors
from tests import base
from tests.functional import api_client, world

BODY = {'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'none'}


class ServerGroupsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World(hosts=('cmp1', 'cmp2', 'cmp3')))
        self.api = self.useFixture(api_client.ApiClient())
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1})

    def group(self, policy, **rules):
        return self.api.post('/os-server-groups', {'server_group': {
            'name': 'g', 'policy': policy, 'rules': rules}}, version='2.64').json[
                'server_group']['id']

    def members(self, group):
        return self.api.get(f'/os-server-groups/{group}').json['server_group']['members']

    def boot(self, group, count=1):
        self.api.post('/servers', {
            'server': {**BODY, 'min_count': count, 'max_count': count},
            'os:scheduler_hints': {'group': group}}, version='2.37')
        self.world.run()

    def hosts(self, group):
        """Answer where the members are, None for one that found no host."""
        return sorted(str(self.world.server(uuid)['host']) for uuid in self.members(group))

    def test_anti_affinity_spreads_members_and_refuses_one_too_many(self):
        group = self.group('anti-affinity')
        self.boot(group, count=2)
        self.boot(group)
        self.boot(group)
        self.assertEqual(['None', 'cmp1', 'cmp2', 'cmp3'], self.hosts(group))

    def test_anti_affinity_allows_as_many_on_a_host_as_its_rule_says(self):
        group = self.group('anti-affinity', max_server_per_host=2)
        self.boot(group, count=6)
        self.assertEqual(['cmp1', 'cmp1', 'cmp2', 'cmp2', 'cmp3', 'cmp3'], self.hosts(group))

    def test_affinity_keeps_members_together(self):
        group = self.group('affinity')
        self.boot(group)
        self.boot(group, count=3)
        self.assertEqual(1, len(set(self.hosts(group))))

    def test_deleted_server_makes_room_for_another_member(self):
        group = self.group('anti-affinity')
        self.boot(group, count=3)
        self.api.delete(f'/servers/{self.members(group)[0]}')
        self.world.run()
        self.boot(group)
        self.assertEqual(['cmp1', 'cmp2', 'cmp3'], self.hosts(group))
