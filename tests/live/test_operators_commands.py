# SPDX-License-Identifier: Apache-2.0
"""nova-lite-manage beside real daemons: what the broker, the hosts and the database say."""

import json

from tests.fixtures import boot_sector
from tests.live import base, cloud, own_servers

TIME_TO_LIVE = 4
OPTIONS = {'DEFAULT': {'report_interval': 1, 'service_down_time': TIME_TO_LIVE},
           'operations': {'sweep_interval': 0.5, 'wake_up_again_after': 1}}


class OperatorsCommandsTest(base.LiveTestCase):
    """A cloud with two hosts of the fake driver."""

    needs = ('rabbitmq', 'mariadb')

    def setUp(self):
        super().setUp()
        suffix = self.name.rsplit('_', 1)[-1]
        self.hosts = [f'day1-{suffix}', f'day2-{suffix}']
        self.cloud = self.useFixture(cloud.Cloud(
            broker=self.broker, database=self.database, options=OPTIONS, hosts=[
                cloud.Host(name, cloud.FAKE, {'DEFAULT': OPTIONS['DEFAULT']})
                for name in self.hosts]))
        self.cloud.add_network()
        self.image = self.cloud.add_image('boot sector', boot_sector.disk('hello'))
        self.flavor = self.cloud.add_flavor()

    def ask(self, *words):
        """Answer what a command prints as JSON."""
        return json.loads(self.cloud.manage(*words, '--format', 'json'))

    def queue(self, name):
        """Answer what is told of a queue."""
        [found] = [one for one in self.ask('queue', 'list') if one['queue'].endswith(f'.{name}')]
        return found

    def boot(self):
        server = self.cloud.client.create('first', self.image, self.flavor, 'auto')
        self.cloud.client.wait_until_active(server)
        return server

    def test_a_day(self):
        gone, there = self.hosts
        self.cloud.manage('service', 'disable', gone, '--reason', 'new disks')
        server = self.boot()
        shown = self.ask('server', 'show', server)
        self.assertEqual((there, True), (shown['host'], 'running' in shown['held_by_host']))
        self.assertEqual([], self.ask('audit'))
        self.check_queues(server, there)
        self.check_repair(server, there)

    def check_queues(self, server, host):
        """A host that is away has its messages waiting; dropping them loses nothing."""
        self.assertEqual(('fine', 0), tuple(
            self.queue('conductor')[name] for name in ('judgement', 'ready')))
        self.assertGreater(self.queue('conductor')['consumers'], 0)
        self.cloud.daemons[host].kill()
        self.assertTrue(self.cloud.client.delete(server))
        own_servers.wait_until(lambda: self.queue(host)['ready'], 'a message that waits')
        self.assertIn('daemon is', self.queue(host)['judgement'])
        message = self.ask('queue', 'show', host)['messages'][0]
        self.assertEqual(('run_operation', 'controller controller'),
                         (message['method'], message['from']))
        self.assertLess(message['age'], 60)
        self.cloud.manage('queue', 'purge', host, '--yes')
        self.cloud.daemons[host].start()
        self.cloud.daemons[host].wait_until_it_serves()
        own_servers.wait_until(lambda: not self.ask('operation', 'list'), 'no unfinished work')
        self.assertEqual([], self.cloud.fake_things('guests'))

    def check_repair(self, deleted, host):
        """What is left of a deleted server is found, and removed by its host."""
        place = self.cloud.directory / 'hosts' / host / 'world' / 'disks' / f'{deleted}.json'
        place.write_text('{"root_gb": 1}', encoding='ascii')
        self.cloud.rows('UPDATE inventories SET used = 3 WHERE resource_class = "VCPU"')
        found = self.cloud.manage_anyway('audit', '--format', 'json')
        self.assertEqual((1, ['disks-left', 'used-differs', 'used-differs']), (
            found.returncode, [one['code'] for one in json.loads(found.stdout)]))
        self.cloud.manage('audit', '--repair', '--yes')
        own_servers.wait_until(lambda: not place.exists(), 'the files to go')
        own_servers.wait_until(
            lambda: self.cloud.manage_anyway('audit').returncode == 0, 'a clean audit')
        self.assertEqual([], self.cloud.disagreements())
