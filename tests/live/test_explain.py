# SPDX-License-Identifier: Apache-2.0
"""Why, and what if, through the real daemons, and without a scheduler."""

import json

from nova_lite.db import engine, models
from nova_lite.db.stores import decisions, inventories, scheduling_records, services
from nova_lite.scheduler import aggregates, drivers, explain, inquiry, what_if, wish
from tests.fixtures import boot_sector, records
from tests.live import base, cloud, postgresql
from tests.live.services import Unavailable
from tests.live.test_claims_do_not_overcommit import start

SMALL = {'fake_driver': {'memory_mb': 16384}}


class ExplainTest(base.LiveTestCase):
    """A cloud with two hosts of the fake driver."""

    needs = ('rabbitmq', 'mariadb')

    def test_day_of_an_operator_who_wants_to_know_why(self):
        self.hosts = ['why1', 'why2']
        self.cloud = self.useFixture(cloud.Cloud(
            broker=self.broker, database=self.database,
            hosts=[cloud.Host(name, cloud.FAKE, SMALL) for name in self.hosts]))
        self.image = self.cloud.add_image('boot sector', boot_sector.disk('hello'))
        self.check_that_a_choice_is_explained()
        self.check_that_a_refusal_is_explained()
        self.check_that_no_scheduler_is_needed()

    def create(self, flavor):
        return self.cloud.client.create('first', self.image, flavor)

    def command(self, *words):
        return json.loads(self.cloud.manage('scheduler', *words, '--format', 'json'))

    def ask(self, path, **asked):
        return self.cloud.admin.send('POST', f'/os-scheduling/{path}', {
            path.replace('-', '_'): asked})['explanation']

    def check_that_a_choice_is_explained(self):
        server = self.create(self.cloud.add_flavor())
        self.cloud.client.wait_until_active(server)
        host = self.cloud.admin.show(server)['OS-EXT-SRV-ATTR:host']
        record = self.command('explain', '--server', server)['decision']
        self.assertEqual([host], [one['host'] for one in record['placements']])
        found = self.ask('explain', server_id=server)
        self.assertEqual((1, 2), (found['placed'], found['fitting_hosts']))
        self.assertEqual(record['id'], found['decision']['id'])

    def check_that_a_refusal_is_explained(self):
        self.cloud.manage('service', 'disable', 'why1', '--reason', 'new disks')
        server = self.create(self.cloud.add_flavor('huge', memory_mb=40000))
        error = self.assertRaises(
            AssertionError, self.cloud.client.wait_until_active, server)
        self.assertIn('too little memory', str(error))
        self.assertNotIn('why2', str(error))
        ways = [way['text'] for way in self.ask('explain', server_id=server)['changes']]
        self.assertRegex(ways[0], 'a flavor with .* MB memory instead of 40,000')
        self.assertIn('enable why1 (disabled: new disks)', self.cloud.manage(
            'scheduler', 'explain', '--server', server))

    def check_that_no_scheduler_is_needed(self):
        asked = {'flavorRef': 'small', 'count': 2, 'supposed': {'disable_hosts': ['why2'],
                                                                'enable_hosts': ['why1']}}
        found = self.ask('what-if', **asked)
        self.assertEqual({'why1'}, {one['host'] for one in found['placements']})
        self.cloud.daemons['scheduler'].kill()
        self.assertEqual(found, self.command(
            'what-if', '--flavor', 'small', '--count', 2, '--disable-host', 'why2',
            '--enable-host', 'why1', '--project', 'admin'))


class Questions:
    """The statements; a class for each database says where it is."""

    def prepare(self, url):
        start(url, 4)
        models.metadata.create_all(engine.engine())
        self.addCleanup(lambda: engine.engine().dispose())
        self.context = records.caller(is_admin=True)
        for host in ('cmp1', 'cmp2'):
            records.compute_host(self.context, host)

    def test_questions_are_answered(self):
        row = services.get_by_host(self.context, 'cmp2', 'nova-lite-compute')
        services.update(self.context, row['id'], {'disabled': True, 'disabled_reason': 'rest'})
        spec = wish.Wish('demo', vcpus=20, extra_specs={
            'capabilities:vcpus_used': '<= 3'}).spec(self.context)
        found = inquiry.Inquiry(drivers.configured(), aggregates.Aggregates()).what_if(
            self.context, spec, what_if.Supposed(allocation_ratios={'VCPU': 1.0}),
            explain.Question())
        self.assertEqual(['vcpus', 'disabled'], [one['cause'] for one in found['causes']])
        self.assertEqual({'cmp2': 'rest'}, {
            host: row.disabled_reason for host, row in
            scheduling_records.services_without_servers(self.context).items()})

    def test_decisions_are_listed(self):
        (server,), number = records.servers(self.context)
        inventories.claim(self.context, [inventories.Claim(server['uuid'], 1, {'VCPU': 3})])
        decisions.add(self.context, {
            'operation_id': number, 'project_id': 'demo', 'considered': 2, 'causes': {},
            'request': {'amounts': {'VCPU': 3}}, 'message': None,
            'selections': [{'consumer': server['uuid'], 'host': 'cmp1', 'node': 'cmp1',
                            'alternates': []}]})
        (row,) = decisions.listing(self.context, decisions.Wanted(
            server_id=server['uuid'], refused=False), limit=9)
        found = inquiry.Inquiry(drivers.configured(), aggregates.Aggregates()).explain(
            self.context, inquiry.Subject(server_id=server['uuid']), explain.Question())
        self.assertEqual((row['id'], 1), (found['decision'], found['placed']))


class MariaDBQuestionsTest(Questions, base.LiveTestCase):

    needs = ('mariadb',)

    def setUp(self):
        super().setUp()
        self.prepare(self.database.url)


class PostgreSQLQuestionsTest(Questions, base.LiveTestCase):

    def setUp(self):
        super().setUp()
        try:
            self.prepare(self.useFixture(postgresql.PostgreSQL()).url)
        except Unavailable as error:
            self.skipTest(str(error))
