# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/service.py."""

from nova_lite.db.stores import services
from tests import base
from tests.fixtures import database, manage, records


class ServiceCommandsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.manage = self.useFixture(manage.Manage())
        records.controller(self.context)
        records.compute_host(self.context)

    def listed(self, *words):
        return self.manage('service', 'list', '-f', 'json', *words).json

    def compute(self):
        return services.get_by_host(self.context, 'cmp1', 'nova-lite-compute')

    def test_list_says_who_lives(self):
        self.assertEqual([('nova-lite-conductor', 'up'), ('nova-lite-compute', 'up')],
                         [(row['binary'], row['state']) for row in self.listed()])
        self.assertEqual(1, len(self.listed('--host', 'cmp1')))
        self.assertIn('2 service(s), 0 down.', self.manage('service', 'list').out)

    def test_disabled_host_keeps_its_reason_until_it_is_enabled(self):
        answer = self.manage('service', 'disable', 'cmp1', '--reason', 'new disks')
        self.assertIn('host show cmp1', answer.out)
        self.assertEqual((True, 'new disks'), tuple(
            self.compute()[name] for name in ('disabled', 'disabled_reason')))
        self.manage('service', 'enable', 'cmp1')
        self.assertEqual((False, None), tuple(
            self.compute()[name] for name in ('disabled', 'disabled_reason')))

    def test_force_down_is_confirmed_and_shown(self):
        self.assertEqual(1, self.manage('service', 'force-down', 'cmp1').code)
        self.assertTrue(self.compute()['is_up'])
        self.manage('service', 'force-down', 'cmp1', '--yes')
        self.assertFalse(self.compute()['is_up'])
        [row] = self.listed('--host', 'cmp1')
        self.assertEqual(('down', '(forced down)'), (row['state'], row['reason']))
        self.assertIn('it is up', self.manage('service', 'unset-force-down', 'cmp1').out)

    def test_service_that_runs_is_not_deleted(self):
        answer = self.manage('service', 'delete', 'cmp1', '--yes')
        self.assertEqual(1, answer.code)
        self.assertIn('Stop the daemon first', answer.err)

    def test_service_that_is_gone_is_deleted_when_confirmed(self):
        self.manage('service', 'force-down', 'cmp1', '--yes')
        self.assertIn('it leaves its aggregates',
                      self.manage('service', 'delete', 'cmp1', '--dry-run').out)
        self.assertEqual(1, len(self.listed('--host', 'cmp1')))
        self.assertIn('host revoke cmp1', self.manage('service', 'delete', 'cmp1', '--yes').out)
        self.assertEqual([], self.listed('--host', 'cmp1'))

    def test_host_that_is_not_there_is_said_in_one_line(self):
        answer = self.manage('service', 'enable', 'nowhere')
        self.assertEqual((1, 1), (answer.code, answer.err.count('\n')))
