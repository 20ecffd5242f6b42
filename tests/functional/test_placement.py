# SPDX-License-Identifier: Apache-2.0
"""Where servers go: groups, hints, aggregates and zones, from the request to the host."""

from nova_lite.db.stores import flavors
from tests import base
from tests.functional import api_client, world

HOSTS = ('cmp1', 'cmp2', 'cmp3')


class PlacementCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.configure()
        self.world = self.useFixture(world.World(HOSTS))
        self.admin = self.useFixture(api_client.ApiClient('admin', 'ops'))
        self.api = self.admin.as_user('fred', 'demo')
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1})

    def configure(self):
        """Set options before the scheduler starts."""

    def enable(self, *filters):
        self.override('filter_scheduler', enabled_filters=['AvailabilityZoneFilter', *filters])

    def boot(self, count=1, *, hints=None, api=None, **changes):
        """Create servers, let them be built; answer the host of each, None if it has none."""
        body = {'server': {
            'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'none',
            'min_count': count, 'max_count': count, 'return_reservation_id': True, **changes}}
        if hints:
            body['os:scheduler_hints'] = hints
        made = (api or self.api).post('/servers', body, version='2.37').json['reservation_id']
        self.world.run()
        found = self.admin.get(f'/servers/detail?all_tenants=1&reservation_id={made}').json
        return [server['OS-EXT-SRV-ATTR:host'] for server in found['servers']]

    def fault(self):
        """Answer what the newest server in error says."""
        found = self.api.get('/servers/detail?status=ERROR&limit=1').json['servers']
        return found[0]['fault']['message']

    def group(self, policy, **rules):
        body = {'name': policy, 'policy': policy}
        if rules:
            body['rules'] = rules
        made = self.api.post('/os-server-groups', {'server_group': body}, version='2.64')
        return {'group': made.json['server_group']['id']}

    def aggregate(self, name, hosts, **metadata):
        made = self.admin.post('/os-aggregates', {'aggregate': {'name': name}}).json
        path = f"/os-aggregates/{made['aggregate']['id']}/action"
        for host in hosts:
            self.admin.post(path, {'add_host': {'host': host}})
        self.admin.post(path, {'set_metadata': {'metadata': metadata}})
        return path


class ServerGroupTest(PlacementCase):

    def test_members_are_kept_apart_until_there_is_no_host_left(self):
        group = self.group('anti-affinity')
        hosts = [*self.boot(hints=group), *self.boot(2, hints=group)]
        self.assertEqual(sorted(HOSTS), sorted(hosts))
        self.assertEqual([None], self.boot(hints=group))
        self.assertIn('3 run as many members of the server group as they may', self.fault())

    def test_deleted_member_makes_room_for_another(self):
        group = self.group('anti-affinity')
        self.boot(3, hints=group)
        server = self.api.get('/servers').json['servers'][0]['id']
        freed = self.world.server(server)['host']
        self.api.delete(f'/servers/{server}')
        self.world.run()
        self.assertEqual([freed], self.boot(hints=group))

    def test_rule_allows_several_members_on_a_host(self):
        group = self.group('anti-affinity', max_server_per_host=2)
        hosts = self.boot(6, hints=group)
        self.assertEqual([2, 2, 2], [hosts.count(host) for host in HOSTS])

    def test_members_are_kept_together(self):
        group = self.group('affinity')
        hosts = [*self.boot(2, hints=group), *self.boot(hints=group)]
        self.assertEqual(1, len(set(hosts)), hosts)

    def test_soft_policy_prefers_and_does_not_forbid(self):
        hosts = self.boot(4, hints=self.group('soft-anti-affinity'))
        self.assertEqual(set(HOSTS), set(hosts))

    def test_build_that_fails_is_tried_on_another_host_that_the_policy_allows(self):
        group = self.group('anti-affinity')
        (taken,) = self.boot(hints=group)
        failed = []

        def failing(*_args):
            failed.append('here')
            raise OSError('no luck')

        first, last = sorted(set(HOSTS) - {taken})
        self.world.hosts[first].manager._host.driver.start_guest = failing
        self.assertEqual([last], self.boot(hints=group))
        self.assertEqual(['here'], failed)


class AggregateTest(PlacementCase):

    def configure(self):
        self.enable('AggregateMultiTenancyIsolation', 'AggregateInstanceExtraSpecsFilter',
                    'AggregateTypeAffinityFilter')

    def test_hosts_are_kept_for_projects(self):
        self.aggregate('ours', ['cmp2'], filter_tenant_id='vip')
        self.assertEqual({'cmp1', 'cmp3'}, set(self.boot(4)))
        self.assertIn('cmp2', self.boot(3, api=self.admin.as_user('ann', 'vip')))

    def test_flavor_asks_for_an_aggregate_and_follows_its_changes(self):
        flavors.create(self.world.admin, {
            'flavorid': '2', 'name': 'fast', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1})
        self.admin.post('/flavors/2/os-extra_specs', {
            'extra_specs': {'aggregate_instance_extra_specs:ssd': 'true'}})
        self.assertEqual([None], self.boot(flavorRef='2'))
        self.assertIn('3 are in no aggregate with ssd true', self.fault())
        fast = self.aggregate('fast', ['cmp3'], ssd='true')
        self.assertEqual(['cmp3', 'cmp3'], self.boot(2, flavorRef='2'))
        self.admin.post(fast, {'remove_host': {'host': 'cmp3'}})
        self.assertEqual([None], self.boot(flavorRef='2'))

    def test_zone_of_an_aggregate_is_kept(self):
        self.aggregate('east', ['cmp2'], availability_zone='east')
        self.assertEqual(['cmp2', 'cmp2'], self.boot(2, availability_zone='east'))


class HintTest(PlacementCase):

    def configure(self):
        self.enable('SameHostFilter', 'DifferentHostFilter', 'JsonFilter')

    def test_servers_are_put_beside_and_away_from_others(self):
        (first,) = self.boot()
        server = self.api.get('/servers').json['servers'][0]['id']
        self.assertEqual([first] * 2, self.boot(2, hints={'same_host': server}))
        self.assertNotIn(first, self.boot(4, hints={'different_host': [server]}))

    def test_query_chooses_and_unknown_hints_do_no_harm(self):
        self.assertEqual(['cmp2', 'cmp2'], self.boot(2, hints={
            'query': '["=", "$hypervisor_hostname", "cmp2"]', 'colour': 'blue'}))
