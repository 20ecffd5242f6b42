# SPDX-License-Identifier: Apache-2.0
"""Hypervisors through all daemons: their figures are what servers really take."""

from nova_lite.db.stores import flavors
from tests import base
from tests.functional import api_client, world


class HypervisorsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.override(reserved_host_memory_mb=512)
        self.world = self.useFixture(world.World(('cmp1', 'cmp2')))
        self.admin = self.useFixture(api_client.ApiClient('admin', 'ops'))
        self.api = self.admin.as_user('fred', 'demo')
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 2, 'root_gb': 3,
            'ephemeral_gb': 1})

    def boot(self, host):
        made = self.admin.post('/servers', {'server': {
            'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'none',
            'host': host}}, version='2.74').json['server']['id']
        self.world.run()
        return made

    def hypervisors(self, query='', version='2.87'):
        found = self.admin.get(f'/os-hypervisors/detail{query}', version=version).json
        return {one['hypervisor_hostname']: one for one in found['hypervisors']}

    def used(self, host):
        shown = self.hypervisors()[host]
        return tuple(shown[name] for name in (
            'vcpus_used', 'memory_mb_used', 'local_gb_used', 'running_vms'))

    def test_figures_follow_boots_and_deletes(self):
        self.assertEqual((0, 512, 0, 0), self.used('cmp1'))
        first, _second = self.boot('cmp1'), self.boot('cmp1')
        self.assertEqual((4, 640, 8, 2), self.used('cmp1'))
        self.assertEqual((0, 512, 0, 0), self.used('cmp2'))
        self.admin.delete(f'/servers/{first}')
        self.assertEqual(1, self.hypervisors()['cmp1']['current_workload'])
        self.world.run()
        self.assertEqual((2, 576, 4, 1), self.used('cmp1'))
        self.assertEqual(0, self.hypervisors()['cmp1']['current_workload'])

    def test_statistics_are_the_sums_of_what_each_shows(self):
        self.boot('cmp1')
        self.boot('cmp2')
        found = self.admin.get('/os-hypervisors/statistics').json['hypervisor_statistics']
        self.assertEqual(2, found.pop('count'))
        for name, value in found.items():
            self.assertEqual(sum(one[name] for one in self.hypervisors().values()), value, name)

    def test_servers_are_shown_where_they_are(self):
        server = self.boot('cmp2')
        shown = self.hypervisors('?with_servers=1')
        self.assertEqual(([], [server]), (
            shown['cmp1']['servers'], [one['uuid'] for one in shown['cmp2']['servers']]))

    def test_facts_are_those_of_the_driver(self):
        shown = self.hypervisors()['cmp1']
        self.assertEqual(('fake', 1000, 'x86_64', 100, 'up', 'enabled'), (
            shown['hypervisor_type'], shown['hypervisor_version'], shown['cpu_info']['arch'],
            shown['disk_available_least'], shown['state'], shown['status']))

    def test_uptime_is_the_hosts_own_answer_while_it_is_there(self):
        path = f'/os-hypervisors/{self.hypervisors()["cmp1"]["id"]}'
        self.assertIn('load average', self.admin.get(
            path, version='2.88').json['hypervisor']['uptime'])
        self.assertIn('load average', self.admin.get(
            f'{path}/uptime', version='2.87').json['hypervisor']['uptime'])
        self.world.kill_host('cmp1')
        self.world.pass_time(world.TIME_TO_LIVE)
        shown = self.admin.get(path, version='2.88').json['hypervisor']
        self.assertEqual(('down', None), (shown['state'], shown['uptime']))
        self.assertEqual(400, self.admin.send('GET', f'{path}/uptime', version='2.87').status)

    def test_host_shows_its_projects(self):
        self.boot('cmp1')
        shown = {one['resource']['project']: one['resource']
                 for one in self.admin.get('/os-hosts/cmp1').json['host']}
        self.assertEqual({'(total)', '(used_now)', '(used_max)', 'ops'}, set(shown))
        self.assertEqual((2, 576, 4), tuple(
            shown['(used_now)'][name] for name in ('cpu', 'memory_mb', 'disk_gb')))
        self.assertEqual((2, 64, 4), tuple(
            shown['ops'][name] for name in ('cpu', 'memory_mb', 'disk_gb')))
