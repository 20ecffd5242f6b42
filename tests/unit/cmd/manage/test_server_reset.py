# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/server_reset.py."""

from nova_lite.db.stores import instances
from nova_lite.states import vm
from tests import base
from tests.fixtures import database, manage, records


class ResetStateTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.manage = self.useFixture(manage.Manage())
        records.compute_host(self.context)
        self.uuid = records.active_server(self.context)['uuid']

    def reset(self, *words, uuid=None):
        return self.manage('server', 'reset-state', uuid or self.uuid, *words)

    def state(self):
        return instances.get_by_uuid(self.context, self.uuid)['vm_state']

    def test_nothing_happens_without_a_yes(self):
        self.assertEqual(1, self.reset().code)
        self.assertIn('counts as error', self.reset('--dry-run').out)
        self.assertEqual(vm.ACTIVE, self.state())

    def test_state_is_error_unless_another_is_named(self):
        self.assertIn('was active and is error', self.reset('--yes').out)
        self.assertEqual(vm.ERROR, self.state())
        self.assertEqual(0, self.reset('--state', 'active', '--yes').code)
        self.assertEqual(vm.ACTIVE, self.state())

    def test_operation_at_work_is_named_and_can_be_ended(self):
        (server,), number = records.servers(self.context)
        answer = self.reset('--yes', uuid=server['uuid'])
        self.assertEqual((1, 1), (answer.code, len(answer.err.splitlines())))
        self.assertIn(f'Operation {number} (build) is at work', answer.err)
        planned = self.reset('--abandon', '--dry-run', uuid=server['uuid']).out
        self.assertIn(f'Operation {number} (build, phase schedule) ends with', planned)
        self.assertEqual(0, self.reset('--abandon', '--yes', '--reason', 'lost',
                                       uuid=server['uuid']).code)

    def test_server_that_is_not_there_is_one_line(self):
        self.assertEqual((1, 1), (self.reset(uuid='x').code,
                                  len(self.reset(uuid='x').err.splitlines())))
