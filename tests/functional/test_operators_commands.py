# SPDX-License-Identifier: Apache-2.0
"""nova-lite-manage on a whole cloud: what an operator does on a day, and the audit as its judge."""

from nova_lite.audit import run as audit
from nova_lite.db import engine
from nova_lite.db.stores import (
    inventories,
    networks,
    operations_admin,
    record_audit,
    services,
)
from nova_lite.network import definition
from nova_lite.states import operation as op
from nova_lite.states import power, task, transitions, vm
from tests import base
from tests.fixtures import manage
from tests.functional import api_client, world

SERVER = {'name': 'web', 'imageRef': world.IMAGE_ID, 'flavorRef': '1', 'networks': 'auto'}


class OperatorCase(base.TestCase):
    """A cloud of two hosts with a network."""

    hosts = ('cmp1', 'cmp2')

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World(self.hosts))
        self.manage = self.useFixture(manage.Manage())
        self.admin = self.useFixture(api_client.ApiClient('admin', 'ops'))
        self.api = self.admin.as_user('fred', 'demo')
        networks.create(self.world.admin, definition.define({
            'label': 'private', 'cidr': '10.20.0.0/24', 'bridge': 'br100', 'mtu': 1500}))
        self.admin.post('/flavors', {'flavor': {
            'id': '1', 'name': 'small', 'ram': 64, 'vcpus': 1, 'disk': 1}})

    def boot(self, run=True):
        uuid = self.api.post('/servers', {'server': SERVER}, version='2.37').json['server']['id']
        if run:
            self.world.run()
        return uuid

    def manage_well(self, *words):
        answer = self.manage(*words)
        self.assertEqual(0, answer.code, answer.err)
        return answer

    def change(self, table, condition, **values):
        """Do what a hand on the database does."""
        with engine.writer(self.world.admin) as connection:
            connection.execute(table.update().where(condition).values(**values))

    def findings(self, **kwargs):
        """Answer (code, subject) of what an audit finds."""
        return [one.key[:2] for one in self.audit(**kwargs).findings]

    def audit(self, **kwargs):
        return audit.audit(self.world.admin, pause=lambda _seconds: None, **kwargs)

    def repair(self):
        return audit.repair(self.audit())


class DayTest(OperatorCase):

    def test_disabled_host_gets_no_servers_and_shows_why(self):
        self.manage_well('service', 'disable', 'cmp1', '--reason', 'new disks')
        for _number in range(3):
            self.assertEqual('cmp2', self.world.server(self.boot())['host'])
        [line] = [line for line in self.manage_well('service', 'list', '-f', 'json').json
                  if line['host'] == 'cmp1']
        self.assertEqual(('disabled', 'new disks'), (line['status'], line['reason']))
        self.manage_well('service', 'enable', 'cmp1')
        self.manage_well('service', 'disable', 'cmp2')
        self.assertEqual('cmp1', self.world.server(self.boot())['host'])

    def test_host_shows_its_servers_and_its_room(self):
        self.manage_well('service', 'disable', 'cmp2')
        uuid = self.boot()
        shown = self.manage_well('host', 'show', 'cmp1', '-f', 'json').json
        self.assertEqual([uuid], [one['uuid'] for one in shown['servers_here']])
        self.assertEqual({'DISK_GB': 1, 'MEMORY_MB': 64, 'VCPU': 1}, {
            one['resource_class']: one['used'] for one in shown['room']})

    def test_server_tells_what_its_host_holds(self):
        uuid = self.boot()
        shown = self.manage_well('server', 'show', uuid, '-f', 'json').json
        self.assertIn('running', shown['held_by_host'])
        self.assertEqual(['build'], [one['kind'] for one in shown['operations']])
        self.assertEqual('create', shown['actions'][0]['event'])
        self.assertEqual(1, len(shown['addresses']))
        self.assertEqual(3, len(shown['allocations']))

    def test_server_of_a_dead_host_says_that_nobody_answers(self):
        uuid = self.boot()
        host = self.world.server(uuid)['host']
        self.world.kill_host(host)
        self.assertIn('unknown', self.manage_well('server', 'show', uuid, '-f', 'json')
                      .json['held_by_host'])

    def test_forced_down_host_lets_its_servers_be_deleted(self):
        self.manage_well('service', 'disable', 'cmp2')
        uuid = self.boot()
        self.assertEqual(1, self.manage('service', 'force-down', 'cmp1').code)
        self.manage_well('service', 'force-down', 'cmp1', '--yes')
        self.api.delete(f'/servers/{uuid}')
        self.world.run()
        self.assertTrue(self.world.server(uuid)['deleted'])
        self.manage_well('service', 'unset-force-down', 'cmp1')
        self.world.settle()
        self.assertEqual([], self.world.leftovers())

    def test_service_that_is_gone_is_forgotten(self):
        self.assertIn('Stop the daemon first', self.manage('service', 'delete', 'cmp2').err)
        self.world.kill_host('cmp2')
        self.world.pass_time(world.TIME_TO_LIVE)
        self.manage_well('service', 'delete', 'cmp2', '--dry-run')
        self.manage_well('service', 'delete', 'cmp2', '--yes')
        self.assertEqual(['cmp1'], [row['host'] for row in services.list_services(
            self.world.admin, binary='nova-lite-compute')])


class OperationTest(OperatorCase):

    def unfinished(self):
        [row] = self.world.unfinished()
        return row

    def test_lost_wake_up_is_repeated_by_hand(self):
        self.world.bus.drop(method='run_operation')
        uuid = self.boot()
        self.manage_well('operation', 'retry', self.unfinished()['id'])
        self.world.run()
        self.assertEqual(vm.ACTIVE, self.world.server(uuid)['vm_state'])

    def test_lease_of_a_worker_that_lives_is_taken_only_when_asked(self):
        self.world.bus.drop(method='run_operation')
        uuid = self.boot()
        number = self.unfinished()['id']
        with engine.writer(self.world.admin) as connection:
            connection.execute(record_audit.operations.update().values(
                state=op.RUNNING, owner=self.world.conductor.incarnation, lease=7))
        answer = self.manage_well('operation', 'retry', number)
        self.assertIn('nothing was done', answer.out)
        self.manage_well('operation', 'retry', number, '--release-lease')
        self.world.run()
        self.assertEqual(vm.ACTIVE, self.world.server(uuid)['vm_state'])

    def test_abandoned_build_leaves_an_error_that_says_who_and_nothing_else(self):
        uuid = self.boot(run=False)
        number = self.unfinished()['id']
        self.assertEqual(1, self.manage('operation', 'abandon', number).code)
        self.manage_well('operation', 'abandon', number, '--yes', '--reason', 'wrong image')
        self.world.run()
        self.assertEqual(vm.ERROR, self.world.server(uuid)['vm_state'])
        shown = self.manage_well('server', 'show', uuid, '-f', 'json').json
        self.assertRegex(shown['faults'][0]['message'], 'build was abandoned by .*@.*: wrong image')
        self.assertEqual([], self.world.allocations() + self.world.addresses())
        self.assertEqual([], self.findings())

    def test_operation_of_a_host_that_may_hold_the_guest_is_not_abandoned_by_accident(self):
        self.manage_well('service', 'disable', 'cmp2')
        self.world.bus.kill_at(self.world.hosts['cmp1'].who, 8)
        uuid = self.boot()
        row = self.unfinished()
        self.assertTrue(row['host_may_hold'])
        answer = self.manage('operation', 'abandon', row['id'], '--yes')
        self.assertEqual(1, answer.code)
        self.assertIn('may hold something', answer.err)
        self.manage_well('operation', 'abandon', row['id'], '--yes', '--even-if-host-holds')
        server = self.world.server(uuid)
        self.assertEqual((vm.ERROR, 'cmp1'), (server['vm_state'], server['host']))
        self.assertEqual([uuid], self.world.allocations())
        self.world.revive()
        self.world.settle()
        self.api.delete(f'/servers/{uuid}')
        self.world.settle()
        self.assertEqual([], self.world.leftovers())
        self.assertEqual([], self.findings())

    def test_abandoned_batch_takes_its_servers_along(self):
        made = self.api.post('/servers', {'server': {**SERVER, 'min_count': 2}}, version='2.37')
        self.assertEqual(202, made.status)
        parent = min(row['id'] for row in self.world.unfinished())
        self.manage_well('operation', 'abandon', parent, '--yes')
        self.assertEqual([], self.world.unfinished())
        self.assertEqual(2, len(self.manage_well(
            'server', 'list', '--state', vm.ERROR, '-f', 'json').json))
        self.assertEqual([], self.findings())

    def test_clean_up_of_a_host_that_never_comes_back_frees_what_was_held(self):
        self.manage_well('service', 'disable', 'cmp2')
        uuid = self.boot()
        self.world.kill_host('cmp1')
        self.world.pass_time(world.TIME_TO_LIVE)
        self.api.delete(f'/servers/{uuid}')
        self.world.run()
        row = self.unfinished()
        self.assertEqual(transitions.CLEAN_UP, row['kind'])
        self.assertEqual([uuid], self.world.allocations())
        self.assertEqual(1, self.manage('operation', 'abandon', row['id'], '--yes').code)
        self.manage_well('operation', 'abandon', row['id'], '--yes', '--even-if-host-holds')
        self.assertEqual([], self.world.allocations() + self.world.addresses())
        ended = operations_admin.get(self.world.admin, row['id'])
        self.assertEqual(op.FAILED, ended['state'])


class ResetStateTest(OperatorCase):

    def test_server_in_error_is_declared_active_and_its_owner_reads_who_did_it(self):
        uuid = self.boot()
        self.manage_well('server', 'reset-state', uuid, '--yes')
        self.assertEqual('ERROR', self.api.get(f'/servers/{uuid}').json['server']['status'])
        self.manage_well('server', 'reset-state', uuid, '--state', 'active', '--yes')
        self.assertEqual('ACTIVE', self.api.get(f'/servers/{uuid}').json['server']['status'])
        told = self.admin.get(f'/servers/{uuid}/os-instance-actions').json['instanceActions']
        self.assertEqual(['resetState', 'resetState', 'create'], [one['action'] for one in told])
        self.assertEqual([], self.findings())

    def test_guest_goes_on_being_seen_and_can_be_deleted(self):
        uuid = self.boot()
        self.manage_well('server', 'reset-state', uuid, '--state', 'active', '--yes')
        host = self.world.hosts[self.world.server(uuid)['host']].manager._host
        host.driver._set_power_state(uuid, power.SHUTDOWN)
        self.assertEqual([('power-differs', uuid)], self.findings())
        self.repair()
        self.assertEqual(vm.STOPPED, self.world.server(uuid)['vm_state'])
        self.api.delete(f'/servers/{uuid}')
        self.world.run()
        self.assertEqual(([], []), (self.world.leftovers(), self.findings()))

    def test_worker_whose_operation_was_abandoned_changes_nothing_any_more(self):
        uuid = self.boot(run=False)
        self.manage_well('server', 'reset-state', uuid, '--abandon', '--yes')
        self.world.run()
        self.assertEqual((vm.ERROR, None), tuple(
            self.world.server(uuid)[name] for name in ('vm_state', 'host')))
        self.assertEqual(([], []), (self.world.leftovers(), self.findings()))


class AuditTest(OperatorCase):

    def test_cloud_at_rest_is_clean(self):
        for _number in range(3):
            self.boot()
        report = self.audit()
        self.assertEqual(([], ('cmp1', 'cmp2'), ()),
                         (report.findings, report.asked, report.not_asked))

    def test_nothing_is_found_at_any_moment_of_a_boot_and_a_delete(self):
        uuid = self.boot(run=False)
        for ask in (lambda: None, lambda: self.api.delete(f'/servers/{uuid}')):
            ask()
            while self.world.bus.pump():
                self.assertEqual([], self.findings())
        self.assertTrue(self.world.server(uuid)['deleted'])

    def test_used_is_counted_again(self):
        self.boot()
        table = inventories.inventories
        self.change(table, table.c.resource_class == 'MEMORY_MB', used=4000)
        self.assertEqual(['used-differs'] * 2, [code for code, _subject in self.findings()])
        self.repair()
        self.assertEqual([], self.findings())
        self.assertEqual(66, self.world.used())

    def test_room_and_addresses_of_deleted_servers_are_freed(self):
        uuid = self.boot()
        table = record_audit.servers
        self.change(table, table.c.uuid == uuid, deleted=True)
        self.assertEqual({('claim-of-nobody', uuid), ('address-of-nobody', uuid),
                          ('guest-left', uuid)}, {
                              key for key in self.findings() if not key[0].startswith('tap')})
        self.repair()
        self.assertEqual([], self.world.allocations() + self.world.addresses())
        self.world.run()
        self.assertEqual([], self.world.leftovers())

    def test_room_of_a_server_is_claimed_again_also_where_it_is_elsewhere(self):
        uuid = self.boot()
        host = self.world.server(uuid)['host']
        table = inventories.allocations
        self.change(table, table.c.consumer_uuid == uuid, node_id=4711)
        self.assertIn(('claim-elsewhere', uuid), self.findings())
        self.repair()
        self.repair()
        self.assertEqual([], self.findings())
        with engine.writer(self.world.admin) as connection:
            connection.execute(table.delete())
        self.assertIn(('server-without-claim', uuid), self.findings())
        self.repair()
        self.assertEqual([uuid], self.world.allocations())
        self.repair()
        self.assertEqual([], self.findings(), host)

    def test_server_whose_work_was_lost_is_given_back(self):
        uuid = self.boot(run=False)
        with engine.writer(self.world.admin) as connection:
            connection.execute(record_audit.operations.delete())
        self.assertEqual([('unattended', uuid)], self.findings())
        self.repair()
        server = self.world.server(uuid)
        self.assertEqual((vm.ERROR, None), (server['vm_state'], server['task_state']))
        other = self.boot()
        table = record_audit.servers
        self.change(table, table.c.uuid == other, task_state=task.SPAWNING)
        self.repair()
        self.assertEqual((vm.ACTIVE, None), tuple(
            self.world.server(other)[name] for name in ('vm_state', 'task_state')))

    def test_guest_that_is_gone_is_reported_and_not_touched(self):
        uuid = self.boot()
        host = self.world.hosts[self.world.server(uuid)['host']]
        host.manager._host.driver.world.remove('guests', uuid)
        [one] = self.repair().findings
        self.assertEqual(('guest-missing', None, None),
                         (one.code.name, one.remedy, one.done))

    def test_files_of_a_deleted_server_are_removed_by_their_host(self):
        uuid = self.boot()
        driver = self.world.hosts[self.world.server(uuid)['host']].manager._host.driver
        self.api.delete(f'/servers/{uuid}')
        self.world.run()
        driver.world.put('disks', uuid, {'root_gb': 1})
        self.assertEqual([('disks-left', uuid)], self.findings())
        self.repair()
        self.world.run()
        self.assertEqual(([], []), (self.world.leftovers(), self.findings()))

    def test_guest_on_two_hosts_is_left_to_a_person(self):
        uuid = self.boot()
        there = self.world.server(uuid)['host']
        other, = set(self.hosts) - {there}
        guest = self.world.hosts[there].manager._host.driver.world.get('guests', uuid)
        self.world.hosts[other].manager._host.driver.world.put('guests', uuid, guest)
        [one] = self.repair().findings
        self.assertEqual(('held-elsewhere', uuid, other), one.key)
        self.assertIsNone(one.done)

    def test_power_is_recorded_as_it_is(self):
        uuid = self.boot()
        driver = self.world.hosts[self.world.server(uuid)['host']].manager._host.driver
        driver._set_power_state(uuid, power.SHUTDOWN)
        self.assertEqual([('power-differs', uuid)], self.findings())
        self.repair()
        self.assertEqual(vm.STOPPED, self.world.server(uuid)['vm_state'])
        self.assertEqual([], self.findings())

    def test_host_that_is_down_is_named_and_not_judged(self):
        self.boot()
        self.world.kill_host('cmp2')
        self.world.pass_time(world.TIME_TO_LIVE)
        self.assertEqual((('cmp1',), ('cmp2',)),
                         (self.audit().asked, self.audit().not_asked))

    def test_host_that_is_up_and_silent_is_a_finding(self):
        self.world.kill_host('cmp2')
        self.assertEqual([('host-silent', 'cmp2')], self.findings())

    def test_command_repairs_and_says_what_is_left_by_its_exit_code(self):
        uuid = self.boot()
        self.assertEqual(0, self.manage('audit').code)
        table = record_audit.servers
        self.change(table, table.c.uuid == uuid, task_state=task.SPAWNING)
        answer = self.manage('audit', '-f', 'json')
        self.assertEqual((1, 'unattended'), (answer.code, answer.json[0]['code']))
        self.assertEqual(2, self.manage('audit', '--repair').code)
        self.assertEqual(1, self.manage('audit', '--repair', '--dry-run').code)
        self.assertEqual(0, self.manage('audit', '--repair', '--yes').code)
        self.assertEqual(0, self.manage('audit', '--record-only').code)
        self.assertEqual(2, self.manage('audit', '--host', 'nowhere').code)
