# SPDX-License-Identifier: Apache-2.0
"""Tests of the API of hypervisors: forms of all versions, figures, search, pages, uptime."""

import json

import fixtures
import sqlalchemy as sa
from oslo_config import cfg

from nova_lite import exception, manager, rpc
from nova_lite.db import engine
from nova_lite.db.stores import compute_nodes, services
from nova_lite.objects.base import store
from nova_lite.states import task
from tests.fixtures import bus, records
from tests.unit.api.openstack import case

SHORT = {'id', 'hypervisor_hostname', 'state', 'status'}
FIGURES = {'current_workload', 'disk_available_least', 'free_disk_gb', 'free_ram_mb', 'local_gb',
           'local_gb_used', 'memory_mb', 'memory_mb_used', 'running_vms', 'vcpus', 'vcpus_used'}
FACTS = SHORT | {'host_ip', 'hypervisor_type', 'hypervisor_version', 'service'}
UPTIME = ' 08:32:11 up 3 days,  2 users,  load average: 0.20, 0.12, 0.14'
NOBODY = '99999999-9999-4999-8999-999999999999'


class Host(manager.Manager):
    """A host that knows its uptime, or not."""

    RPC_VERSION = '1.1'
    error = None

    def host_uptime(self, context):
        """Answer it."""
        if self.error is not None:
            raise self.error
        return UPTIME


class HypervisorsTestCase(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        for host in ('cmp1', 'cmp2', 'other'):
            records.compute_host(records.caller(is_admin=True), host)
        self.bus = self.useFixture(bus.Bus(cfg.CONF))
        self.bus.be(self.bus.controller('api', 'nova-lite-api'))
        self.host = Host()
        with self.bus.acting_as(self.bus.compute('cmp1')):
            rpc.Server('compute', 'cmp1', [self.host]).start()

    def ask(self, path='', version='2.87', **options):
        return self.admin.get(f'/os-hypervisors{path}', version=version, **options).json

    def names(self, path='', version='2.87'):
        return [one['hypervisor_hostname'] for one in self.ask(path, version)['hypervisors']]

    def refusal(self, status, path, version='2.87'):
        with self.admin.refused(status) as refused:
            self.ask(path, version)
        return refused[0].message

    def id_of(self, name='cmp1', version='2.87'):
        return next(one['id'] for one in self.ask(version=version)['hypervisors']
                    if one['hypervisor_hostname'] == name)


class FormTest(HypervisorsTestCase):

    def test_fields_of_each_version(self):
        for minor in range(1, 105):
            version = f'2.{minor}'
            (first, *_rest) = self.ask(version=version)['hypervisors']
            self.assertEqual(SHORT, set(first), minor)
            self.assertIs(int if minor < 53 else str, type(first['id']), minor)
            expected = FACTS | ({'uptime'} if minor >= 88 else FIGURES | {'cpu_info'})
            for shown in (self.ask('/detail', version)['hypervisors'][0],
                          self.ask(f'/{first["id"]}', version)['hypervisor']):
                self.assertEqual(expected, set(shown), minor)
                self.assertIs(int if minor < 53 else str, type(shown['service']['id']), minor)

    def test_cpu_is_a_text_until_2_28(self):
        cpu = {'arch': 'x86_64', 'topology': {'cores': 2}}
        compute_nodes.report(self.context, 'cmp1', [{
            'hypervisor_hostname': 'cmp1', 'cpu_info': cpu, 'inventories': {}}])
        path = f'/{self.id_of(version="2.27")}'
        self.assertEqual(cpu, json.loads(self.ask(path, '2.27')['hypervisor']['cpu_info']))
        self.assertEqual(cpu, self.ask(path, '2.28')['hypervisor']['cpu_info'])

    def test_service_says_whether_the_hypervisor_works(self):
        service = services.get_by_host(self.context, 'cmp1', 'nova-lite-compute')
        services.update(self.context, service['id'], {
            'disabled': True, 'disabled_reason': 'smoke', 'forced_down': True})
        shown = self.ask(f'/{self.id_of()}')['hypervisor']
        self.assertEqual(('down', 'disabled'), (shown['state'], shown['status']))
        self.assertEqual({'host': 'cmp1', 'id': service['uuid'], 'disabled_reason': 'smoke'},
                         shown['service'])

    def test_each_form_has_its_kind_of_id(self):
        number, uuid = self.id_of(version='2.52'), self.id_of(version='2.53')
        self.assertEqual('Hypervisor with ID x could not be found.',
                         self.refusal(404, '/x', '2.52'))
        for wrong in (uuid, '4711', '9' * 40, '-1', '%D9%A3'):
            self.refusal(404, f'/{wrong}', '2.52')
        self.assertIn('Invalid uuid', self.refusal(400, f'/{number}', '2.53'))
        self.refusal(404, f'/{NOBODY}', '2.53')
        self.refusal(404, f'/{NOBODY}/uptime', '2.53')

    def test_all_of_it_is_for_admins(self):
        uuid = self.id_of()
        for path, version in (
                ('', '2.87'), ('/detail', '2.87'), ('/statistics', '2.87'), (f'/{uuid}', '2.87'),
                (f'/{uuid}/uptime', '2.87'), ('/cmp/search', '2.52'), ('/cmp/servers', '2.52')):
            answer = self.api.send('GET', f'/os-hypervisors{path}', version=version)
            self.assertEqual((403, 'forbidden'), (answer.status, answer.fault), path)

    def test_addresses_go_when_their_time_is_over(self):
        self.refusal(404, '/statistics', '2.88')
        self.refusal(404, f'/{self.id_of()}/uptime', '2.88')
        for path in ('/cmp/search', '/cmp/servers'):
            self.refusal(404, path, '2.53')

    def test_unknown_parameters_are_refused_since_there_are_uuids(self):
        for path in ('', '/detail'):
            self.ask(f'{path}?colour=red', '2.52')
            self.refusal(400, f'{path}?colour=red', '2.53')
        self.refusal(400, f'/{self.id_of()}?colour=red', '2.53')

    def test_unknown_parameters_of_statistics_are_refused_since_2_75(self):
        self.ask('/statistics?colour=red', '2.74')
        self.refusal(400, '/statistics?colour=red', '2.75')


class FiguresTest(HypervisorsTestCase):

    def setUp(self):
        super().setUp()
        self.server = records.active_server(self.context, name='web')
        self.claim()

    def claim(self):
        """Use something of cmp1, whose operator keeps something for the host itself."""
        rooms = store('inventories').inventories
        on_cmp1 = rooms.c.node_id.in_(sa.select(services.nodes.c.id).where(
            services.nodes.c.host == 'cmp1'))
        with engine.writer() as connection:
            for name, used, reserved in (('VCPU', 2, 0), ('MEMORY_MB', 128, 512),
                                         ('DISK_GB', 3, 10)):
                connection.execute(rooms.update().where(
                    on_cmp1, rooms.c.resource_class == name).values(
                        used=used, reserved=reserved))

    def change_servers(self, **values):
        with engine.writer() as connection:
            connection.execute(store('instances').instances.update().values(**values))

    def test_figures_are_what_was_claimed_and_what_is_reserved(self):
        shown = self.ask(f'/{self.id_of()}')['hypervisor']
        self.assertEqual(
            {'vcpus': 16, 'vcpus_used': 2, 'memory_mb': 8192, 'memory_mb_used': 640,
             'free_ram_mb': 7552, 'local_gb': 100, 'local_gb_used': 13, 'free_disk_gb': 87,
             'disk_available_least': None, 'running_vms': 1, 'current_workload': 0},
            {name: shown[name] for name in FIGURES})

    def test_servers_that_are_being_worked_on_are_workload(self):
        self.change_servers(task_state=task.DELETING)
        self.assertEqual(1, self.ask(f'/{self.id_of()}')['hypervisor']['current_workload'])

    def test_deleted_servers_do_not_count(self):
        self.change_servers(deleted=True)
        self.assertEqual(0, self.ask(f'/{self.id_of()}')['hypervisor']['running_vms'])

    def test_statistics_add_up_the_enabled_ones(self):
        found = self.ask('/statistics')['hypervisor_statistics']
        self.assertEqual(
            {'count': 3, 'vcpus': 48, 'vcpus_used': 2, 'memory_mb': 24576, 'memory_mb_used': 640,
             'free_ram_mb': 23936, 'local_gb': 300, 'local_gb_used': 13, 'free_disk_gb': 287,
             'disk_available_least': 0, 'running_vms': 1, 'current_workload': 0}, found)
        service = services.get_by_host(self.context, 'cmp1', 'nova-lite-compute')
        services.update(self.context, service['id'], {'disabled': True})
        found = self.ask('/statistics')['hypervisor_statistics']
        self.assertEqual((2, 32, 0), (found['count'], found['vcpus'], found['running_vms']))

    def test_number_of_statements_does_not_grow_with_the_list(self):
        for path, expected in (('', 1), ('/detail', 1), ('/detail?with_servers=1', 2),
                               ('/statistics', 1), (f'/{self.id_of()}', 1)):
            with self.database.statements() as sent:
                self.ask(path)
            self.assertEqual(expected, len(sent), path)

    def test_servers_are_shown_with_their_hypervisor(self):
        server = {'name': f'instance-{self.server["id"]:08x}', 'uuid': self.server['uuid']}
        for path in ('', '/detail'):
            shown = self.ask(f'{path}?with_servers=true', '2.53')['hypervisors']
            self.assertEqual([server], shown[0]['servers'])
            self.assertNotIn('servers', shown[1])
            shown = self.ask(f'{path}?with_servers=true', '2.75')['hypervisors']
            self.assertEqual([[server], [], []], [one['servers'] for one in shown])
            self.assertNotIn('servers', self.ask(f'{path}?with_servers=0')['hypervisors'][0])
        self.assertEqual([server], self.ask(
            f'/{self.id_of()}?with_servers=1', '2.104')['hypervisor']['servers'])
        shown = self.ask('/cmp/servers', '2.52')['hypervisors']
        self.assertEqual([server], shown[0]['servers'])
        self.assertNotIn('servers', shown[1])


class SearchTest(HypervisorsTestCase):

    def test_part_of_a_name_is_looked_for(self):
        for path, version in (('/mp/search', '2.1'), ('/mp/servers', '2.52'),
                              ('?hypervisor_hostname_pattern=mp', '2.53'),
                              ('/detail?hypervisor_hostname_pattern=mp', '2.104')):
            self.assertEqual(['cmp1', 'cmp2'], self.names(path, version), path)

    def test_name_that_nobody_has_is_not_found(self):
        for path, version in (('/c_p/search', '2.1'), ('/%25/servers', '2.52'),
                              ('?hypervisor_hostname_pattern=lost', '2.53'),
                              ('/detail?hypervisor_hostname_pattern=c_p', '2.104')):
            self.assertIn('No hypervisor matching', self.refusal(404, path, version))

    def test_what_can_be_no_part_of_a_name_is_refused(self):
        for query in ('hypervisor_hostname_pattern=', 'hypervisor_hostname_pattern=a%20b',
                      'hypervisor_hostname_pattern=a&hypervisor_hostname_pattern=b',
                      'with_servers=perhaps'):
            self.refusal(400, f'?{query}', '2.53')

    def test_search_has_no_pages(self):
        for query in ('limit=1', f'marker={NOBODY}'):
            self.assertIn('is not supported', self.refusal(
                400, f'?hypervisor_hostname_pattern=c&{query}', '2.53'))


class PageTest(HypervisorsTestCase):

    def test_pages_follow_each_other_by_number_then_by_uuid(self):
        for version in ('2.33', '2.53', '2.104'):
            for path in ('', '/detail'):
                first = self.ask(f'{path}?limit=2', version)
                (link,) = first['hypervisors_links']
                following = self.admin.get(
                    link['href'].partition('localhost')[2], version=version).json
                self.assertEqual(['other'], [
                    one['hypervisor_hostname'] for one in following['hypervisors']])
                self.assertNotIn('hypervisors_links', following)

    def test_there_are_no_pages_before_2_33(self):
        self.assertEqual(3, len(self.names('?limit=1', '2.32')))

    def test_marker_has_to_be_there(self):
        for marker, version in (('4711', '2.33'), ('x', '2.33'), (NOBODY, '2.53'), ('1', '2.53')):
            self.refusal(400, f'?marker={marker}', version)


class UptimeTest(HypervisorsTestCase):

    def setUp(self):
        super().setUp()
        self.path = f'/{self.id_of()}'

    def test_host_is_asked_when_one_is_shown(self):
        shown = self.ask(f'{self.path}/uptime')['hypervisor']
        self.assertEqual(SHORT | {'uptime'}, set(shown))
        self.assertEqual(UPTIME, shown['uptime'])
        self.assertEqual(UPTIME, self.ask(self.path, '2.88')['hypervisor']['uptime'])
        number = self.id_of(version='2.1')
        self.assertEqual(number, self.ask(f'/{number}/uptime', '2.1')['hypervisor']['id'])

    def test_lists_show_what_hosts_reported_and_ask_none(self):
        self.report('cmp1', UPTIME)
        self.report('cmp2', UPTIME)
        service = services.get_by_host(self.context, 'cmp2', 'nova-lite-compute')
        services.update(self.context, service['id'], {'forced_down': True})
        self.assertEqual([UPTIME, None, None], [
            one['uptime'] for one in self.ask('/detail', '2.88')['hypervisors']])
        self.assertEqual([], self.bus.sent)

    def report(self, host, uptime):
        compute_nodes.report(self.context, host, [
            {'hypervisor_hostname': host, 'uptime': uptime, 'inventories': {}}])

    def test_host_that_does_not_know_has_none(self):
        self.host.error = exception.UptimeUnknown(reason='no such program')
        self.assertIn('no such program', self.refusal(400, f'{self.path}/uptime'))
        self.assertIsNone(self.ask(self.path, '2.88')['hypervisor']['uptime'])

    def test_host_that_is_down_is_not_asked(self):
        service = services.get_by_host(self.context, 'cmp1', 'nova-lite-compute')
        services.update(self.context, service['id'], {'forced_down': True})
        self.assertIn('unavailable', self.refusal(400, f'{self.path}/uptime'))
        self.assertIsNone(self.ask(self.path, '2.88')['hypervisor']['uptime'])
        self.assertEqual([], self.bus.sent)

    def test_host_of_an_older_release_is_not_asked(self):
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.rpc.versions.newest', lambda topic, version: '1.0'))
        self.assertIn('upgraded', self.refusal(400, f'{self.path}/uptime'))
