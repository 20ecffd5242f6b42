# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/server.py."""

from nova_lite import exception
from nova_lite.audit import hosts as audited_hosts
from nova_lite.db.stores import services
from nova_lite.states import operation as op
from nova_lite.states import power, task, transitions, vm
from tests import base
from tests.fixtures import database, ended, manage, records


class ServerCommandsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.manage = self.useFixture(manage.Manage())
        records.compute_host(self.context)
        self.server = records.active_server(self.context)

    def listed(self, *words):
        return [row['uuid'] for row in self.manage('server', 'list', '-f', 'json', *words).json]

    def show(self, *words):
        return self.manage('server', 'show', self.server['uuid'], '-f', 'json', *words).json

    def test_list_is_filtered(self):
        uuid, gone = self.server['uuid'], ended.deleted_server(self.context)
        self.assertEqual([uuid], self.listed())
        self.assertEqual([uuid], self.listed('--host', 'cmp1', '--project', 'demo'))
        self.assertEqual([], self.listed('--state', vm.ERROR))
        self.assertEqual([gone], self.listed('--deleted'))
        self.assertIn('there may be more', self.manage('server', 'list', '--limit', 1).out)

    def test_list_is_filtered_by_what_is_being_done(self):
        (building,), _number = records.servers(self.context)
        ended.change('instances', building['uuid'], task_state=task.SPAWNING)
        for word, found in ((task.SPAWNING, [building['uuid']]), ('any', [building['uuid']]),
                            (task.DELETING, [])):
            self.assertEqual(found, self.listed('--task', word))

    def test_all_are_also_those_that_are_deleted(self):
        gone = ended.deleted_server(self.context)
        rows = self.manage('server', 'list', '--all', '--json').json
        self.assertEqual({self.server['uuid']: False, gone: True},
                         {row['uuid']: row['deleted'] for row in rows})
        self.assertRaises(SystemExit, self.manage, 'server', 'list', '--all', '--deleted')

    def test_show_has_the_operation_in_hand_and_who_has_it(self):
        self.assertEqual([], self.show('--record-only')['in_hand'])
        owner = records.compute_host(self.context)
        ended.change('operations', self.server['uuid'], state=op.RUNNING, owner=owner, host='cmp1')
        [one] = self.show('--record-only')['in_hand']
        self.assertEqual((transitions.BUILD, transitions.SPAWN, op.RUNNING),
                         (one['kind'], one['phase'], one['state']))
        self.assertIn('nova-lite-compute on cmp1, alive', one['owner'])
        self.assertGreaterEqual(one['idle'], 0)

    def test_show_has_what_was_done(self):
        shown = self.show('--record-only')
        self.assertEqual(('running', 'not asked'), (shown['power_state'], shown['held_by_host']))
        self.assertEqual('create', shown['actions'][0]['event'])
        self.assertEqual(1, len(shown['operations']))

    def test_show_never_has_the_users_own_data(self):
        ended.change('instances', self.server['uuid'], user_data='c2VjcmV0')
        self.assertNotIn('c2VjcmV0', str(self.show('--record-only')))

    def test_host_tells_what_it_holds(self):
        guest = {'uuid': self.server['uuid'], 'name': 'instance-1', 'fence': 1,
                 'power_state': power.RUNNING}
        self.patch(audited_hosts, 'ask', lambda context, host: audited_hosts.Held(
            guests={guest['uuid']: guest}, disks=frozenset(), taps=frozenset(), leases=None))
        self.assertEqual('guest instance-1, running, fence 1; no disks',
                         self.show()['held_by_host'])

    def test_host_that_does_not_answer_hides_nothing_else(self):
        def late(context, host):
            raise exception.MessagingTimeout(method='audit_host', recipient=host, timeout=1)
        self.patch(audited_hosts, 'ask', late)
        self.assertIn('unknown: No answer', self.show()['held_by_host'])

    def test_host_that_is_down_is_not_waited_for(self):
        self.patch(audited_hosts, 'ask', self.fail)
        compute = services.get_by_host(self.context, 'cmp1', 'nova-lite-compute')
        services.update(self.context, compute['id'], {'forced_down': True})
        self.assertEqual('unknown: host cmp1 is down', self.show()['held_by_host'])

    def test_server_that_is_not_there_is_said_in_one_line(self):
        self.assertEqual(1, self.manage('server', 'show', 'x').code)
