# SPDX-License-Identifier: Apache-2.0
"""What the logs of all daemons say of one server: found by its id, or by the request's."""

from nova_lite.db.stores import flavors
from tests import base
from tests.fixtures import log_lines
from tests.functional import api_client, world

BODY = {'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'none'}
GLOBAL = 'req-11111111-f792-44d7-9e10-199c1c381eac'

API = 'compute.requests.build'
SCHEDULER = 'scheduler.selection'
RUNNER = 'operations.runner'
BATCH = 'conductor.tasks.build_batch'


class LogLinesTest(base.TestCase):
    """Each daemon has a line for each decision on a server, and it is that server's."""

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World())
        self.api = self.useFixture(api_client.ApiClient('fred', 'demo'))
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1})
        self.log = self.useFixture(log_lines.LogLines())

    def build(self, **changes):
        """Build servers; answer the id of the request and those of the servers."""
        answer = self.api.post('/servers', {'server': {**BODY, **changes}}, version='2.37')
        self.world.run()
        found = self.api.get('/servers', version='2.37').json['servers']
        return answer.headers['x-openstack-request-id'], sorted(row['id'] for row in found)

    def start_of(self, request, server):
        """Answer how the lines of a server begin."""
        return f'[{request} fred demo - - - -] [instance: {server}] '

    def test_one_server_is_followed_from_daemon_to_daemon(self):
        request, (server,) = self.build()
        start = self.start_of(request, server)
        self.assertEqual([f'{start}Build recorded as operation 1, for project demo'],
                         self.log.of(API))
        self.assertEqual([f'{start}Operation 1: chose cmp1 (cmp1) of 1 host(s) looked at'],
                         self.log.of(SCHEDULER))
        self.assertEqual([f'{start}Operation 1 (build) goes on as spawn on cmp1',
                          f'{start}Operation 1 (build) ended: vm_state active'],
                         self.log.of(RUNNER))

    def test_a_global_request_id_stands_before_the_requests_own(self):
        self.api.send('GET', '/servers/no-such', headers={'X-Openstack-Request-Id': GLOBAL})
        refusal, request = self.log.lines
        for line in (refusal, request):
            self.assertIn(f'[{GLOBAL} req-', line)
        self.assertIn(' fred demo - - - -] GET ', refusal)
        self.assertRegex(request, ' fred demo - - - -] .*"GET /v2.1/servers/no-such" status: 404 ')

    def test_a_global_request_id_goes_with_the_work_to_all_daemons(self):
        for count in (1, 2):
            del self.log.lines[:]
            self.api.post('/servers', {'server': {**BODY, 'min_count': count}}, version='2.37',
                          headers={'X-Openstack-Request-Id': GLOBAL})
            self.world.run()
            for logger in (API, SCHEDULER, RUNNER):
                self.assertLess(0, len(self.log.of(logger)))
                for line in self.log.of(logger):
                    self.assertTrue(line.startswith(f'[{GLOBAL} req-'), line)

    def test_each_server_of_a_batch_has_its_own_lines(self):
        request, servers = self.build(min_count=3)
        self.assertEqual(3, len(servers))
        for logger, text in ((API, 'Build recorded'), (SCHEDULER, 'chose cmp1'),
                             (BATCH, 'goes on as spawn on cmp1'), (RUNNER, 'vm_state active')):
            for server in servers:
                found = [line for line in self.log.of(logger)
                         if line.startswith(self.start_of(request, server)) and text in line]
                self.assertEqual(1, len(found), (logger, server, self.log.of(logger)))
        for line in self.log.lines:
            self.assertLessEqual(sum(server in line for server in servers), 1, line)

    def test_a_server_without_a_host_has_the_reason_in_its_line(self):
        flavors.create(self.world.admin, {
            'flavorid': '2', 'name': 'huge', 'memory_mb': 49999, 'vcpus': 1, 'root_gb': 1})
        request, (server,) = self.build(flavorRef='2')
        line, = self.log.of(SCHEDULER)
        self.assertIn(f'{self.start_of(request, server)}Operation 1: found no host: ', line)
        self.assertIn('memory', line.lower())

    def test_what_is_asked_of_a_server_has_its_id_from_when_it_is_known(self):
        _request, (server,) = self.build()
        before = len(self.log.lines)
        answer = self.api.send('DELETE', f'/servers/{server}')
        request = answer.headers['x-openstack-request-id']
        self.assertTrue(self.log.lines[before].startswith(
            'nova_lite.compute.requests.delete ' + self.start_of(request, server)),
            self.log.lines[before])
        before = len(self.log.lines)
        self.api.send('GET', '/servers/no-such')
        self.assertNotIn(server, self.log.lines[before])
