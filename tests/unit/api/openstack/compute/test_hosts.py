# SPDX-License-Identifier: Apache-2.0
"""Tests of the API of hosts, which ended with 2.42."""

from nova_lite.db.stores import inventories, services
from tests.fixtures import records
from tests.unit.api.openstack import case

NEWEST = '2.42'
COMPUTE = 'nova-lite-compute'


class HostsTestCase(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.admins = records.caller(is_admin=True)
        records.compute_host(self.admins)
        records.controller(self.admins)

    def ask(self, path='', version=NEWEST):
        return self.admin.get(f'/os-hosts{path}', version=version).json

    def service(self, host='cmp1'):
        return services.get_by_host(self.admins, host, COMPUTE)

    def update(self, host='cmp1', **body):
        return self.admin.put(f'/os-hosts/{host}', body, version=NEWEST).json


class ListTest(HostsTestCase):

    def test_each_service_is_a_line(self):
        self.assertEqual({'hosts': [
            {'host_name': 'cmp1', 'service': 'compute', 'zone': 'nova'},
            {'host_name': 'controller', 'service': 'conductor', 'zone': 'internal'},
        ]}, self.ask())

    def test_zone_and_being_enabled_choose(self):
        self.assertEqual(['controller'], [
            host['host_name'] for host in self.ask('?zone=internal')['hosts']])
        services.update(self.admins, self.service()['id'], {'disabled': True})
        self.assertEqual(['controller'], [host['host_name'] for host in self.ask()['hosts']])

    def test_nothing_of_it_is_there_since_2_43(self):
        for path in ('', '/cmp1', '/cmp1/reboot'):
            self.ask(path.replace('/reboot', ''))
            with self.admin.refused(404):
                self.ask(path, '2.43')
        with self.admin.refused(404):
            self.admin.put('/os-hosts/cmp1', {'status': 'enable'}, version='2.43')

    def test_all_of_it_is_for_admins(self):
        for method, path, body in (
                ('GET', '', None), ('GET', '/cmp1', None), ('PUT', '/cmp1', {'status': 'disable'}),
                ('GET', '/cmp1/startup', None), ('GET', '/cmp1/shutdown', None),
                ('GET', '/cmp1/reboot', None)):
            answer = self.api.send(method, f'/os-hosts{path}', body, version=NEWEST)
            self.assertEqual((403, 'forbidden'), (answer.status, answer.fault), path)
        self.assertFalse(self.service()['disabled'])


class ShowTest(HostsTestCase):

    def resources(self):
        return {one['resource'].pop('project'): one['resource']
                for one in self.ask('/cmp1')['host']}

    def test_host_without_servers_has_everything_left(self):
        self.assertEqual({
            '(total)': {'host': 'cmp1', 'cpu': 16, 'memory_mb': 8192, 'disk_gb': 100},
            '(used_now)': {'host': 'cmp1', 'cpu': 0, 'memory_mb': 0, 'disk_gb': 0},
            '(used_max)': {'host': 'cmp1', 'cpu': 0, 'memory_mb': 0, 'disk_gb': 0},
        }, self.resources())

    def test_projects_are_shown_with_what_their_servers_may_use(self):
        for context in (self.context, self.context, records.caller('eve', 'other')):
            server = records.active_server(context)
            node_id = 1
            inventories.claim(self.admins, [inventories.Claim(
                server['uuid'], node_id, {'VCPU': 1, 'MEMORY_MB': 64, 'DISK_GB': 1})])
        shown = self.resources()
        for project, number in (('demo', 2), ('other', 1), ('(used_max)', 3), ('(used_now)', 3)):
            self.assertEqual({'host': 'cmp1', 'cpu': number, 'memory_mb': 64 * number,
                              'disk_gb': number}, shown[project])

    def test_number_of_statements_does_not_depend_on_the_servers(self):
        records.active_server(self.context)
        records.active_server(self.context)
        with self.database.statements() as sent:
            self.ask('/cmp1')
        self.assertEqual(2, len(sent))

    def test_host_without_hypervisor_is_not_found(self):
        for name in ('lost', 'controller'):
            with self.admin.refused(404):
                self.ask(f'/{name}')


class UpdateTest(HostsTestCase):

    def test_host_is_disabled_and_enabled(self):
        for word, status in (('disable', 'disabled'), ('Enable', 'enabled'),
                             ('DISABLE', 'disabled')):
            self.assertEqual({'host': 'cmp1', 'status': status}, self.update(status=word))
            self.assertEqual(status == 'disabled', self.service()['disabled'])

    def test_bodies_that_can_not_be_meant_are_refused(self):
        for body in ({}, {'status': 'off'}, {'status': None}, {'colour': 'red'},
                     {'status': 'enable', 'colour': 'red'}, {'maintenance_mode': 'on'}):
            with self.subTest(body=body), self.admin.refused(400):
                self.update(**body)

    def test_host_that_is_not_there_is_not_found(self):
        for name in ('lost', 'controller'):
            with self.admin.refused(404) as refused:
                self.update(name, status='disable')
            self.assertEqual(f'Compute host {name} could not be found.', refused[0].message)

    def test_maintenance_is_done_by_no_driver_and_changes_nothing(self):
        for body in ({'maintenance_mode': 'enable'},
                     {'maintenance_mode': 'disable', 'status': 'disable'}):
            with self.admin.refused(501) as refused:
                self.update(**body)
            self.assertEqual('notImplemented', refused[0].fault)
        self.assertFalse(self.service()['disabled'])

    def test_machines_are_switched_by_no_driver(self):
        for action in ('startup', 'shutdown', 'reboot'):
            with self.admin.refused(501) as refused:
                self.ask(f'/cmp1/{action}')
            self.assertIn('power', refused[0].message)
            with self.admin.refused(404):
                self.ask(f'/lost/{action}')
