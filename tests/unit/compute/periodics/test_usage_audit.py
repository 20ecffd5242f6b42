# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/periodics/usage_audit.py: what is reported, once for each period."""

import datetime

from oslo_utils import fixture as time_fixture

from nova_lite import exception, objects, usage
from nova_lite.compute import host as hosts
from nova_lite.compute.periodics import usage_audit
from nova_lite.db import engine
from nova_lite.db.stores import task_log as store
from nova_lite.db.stores import usage as usage_store
from nova_lite.states import task_log, vm
from tests import base
from tests.fixtures import database, records

Moment = datetime.datetime
JANUARY = usage.Period(Moment(2030, 1, 1), Moment(2030, 2, 1))


class UsageAuditTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.useFixture(time_fixture.TimeFixture(Moment(2030, 2, 15)))
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context)
        self.host = hosts.Host(name='cmp1', driver=None, network=None, images=None)
        self.reported = []

    def ran(self, launched, terminated=None, host='cmp1', **changes):
        row = records.active_server(records.caller(), host, **changes)
        gone = {} if terminated is None else {
            'terminated_at': terminated, 'deleted': True, 'vm_state': vm.DELETED}
        with engine.writer() as connection:
            connection.execute(usage_store.servers.update().where(
                usage_store.servers.c.uuid == row['uuid']).values(launched_at=launched, **gone))
        return row['uuid']

    def report(self, context, figures):
        self.reported.append(figures)

    def audit(self, report=None):
        usage_audit.audit(self.context, self.host, report or self.report)

    def logged(self):
        return [(run['host'], run['state'], run['task_items'], run['errors'], run['message'])
                for run in store.list_runs(self.context, task_log.USAGE_AUDIT, JANUARY)]

    def test_servers_of_the_host_that_ran_are_reported_deleted_or_not(self):
        still = self.ran(Moment(2030, 1, 31))
        gone = self.ran(Moment(2029, 1, 1), Moment(2030, 1, 1, 0, 30))
        self.ran(Moment(2030, 2, 2))
        self.ran(Moment(2030, 1, 1), host='cmp2')
        self.audit()
        self.assertEqual([(still, 24.0, vm.ACTIVE), (gone, 0.5, vm.DELETED)], [
            (one['instance_id'], one['hours'], one['state']) for one in self.reported])

    def test_figures_are_plain_and_complete(self):
        uuid = self.ran(Moment(2030, 1, 31), metadata={'a': 'b'}, flavor=records.flavor(
            vcpus=2, memory_mb=512, root_gb=10, ephemeral_gb=5))
        self.audit()
        (figures,) = self.reported
        for name, value in {
                'instance_id': uuid, 'tenant_id': 'demo', 'user_id': 'fred', 'host': 'cmp1',
                'vcpus': 2, 'memory_mb': 512, 'disk_gb': 15, 'instance_type': 'm1.small',
                'metadata': {'a': 'b'}, 'launched_at': '2030-01-31T00:00:00',
                'terminated_at': None, 'audit_period_beginning': '2030-01-01T00:00:00',
                'audit_period_ending': '2030-02-01T00:00:00'}.items():
            self.assertEqual(value, figures[name], name)

    def test_period_is_reported_once_and_recorded(self):
        self.ran(Moment(2030, 1, 31))
        self.audit()
        self.audit()
        self.assertEqual(1, len(self.reported))
        ((host, state, items, errors, message),) = self.logged()
        self.assertEqual(('cmp1', 'DONE', 1, 0), (host, state, items, errors))
        self.assertRegex(
            message,
            r'^Instance usage audit ran for host cmp1, 1 instances in \d+\.\d\d seconds\.$')

    def test_server_that_can_not_be_reported_is_counted_and_keeps_no_other(self):
        for _number in range(2):
            self.ran(Moment(2030, 1, 31))

        def report(context, figures):
            self.report(context, figures)
            raise exception.BrokerUnavailable(method='m', recipient='r')
        self.audit(report)
        self.assertEqual(2, len(self.reported))
        self.assertEqual(('DONE', 2, 2), self.logged()[0][1:4])

    def test_run_that_was_broken_off_is_made_again(self):
        self.ran(Moment(2030, 1, 31))
        self.assertRaises(KeyError, self.audit, lambda context, figures: {}['x'])
        self.assertEqual('RUNNING', self.logged()[0][1])
        self.audit()
        self.assertEqual((1, 'DONE'), (len(self.reported), self.logged()[0][1]))

    def test_servers_are_asked_for_in_pages(self):
        self.patch(usage_audit, 'PAGE', 2)
        uuids = [self.ran(Moment(2030, 1, 31)) for _number in range(5)]
        self.audit()
        self.assertEqual(uuids, [one['instance_id'] for one in self.reported])

    def test_without_anybody_else_the_log_is_told(self):
        uuid = self.ran(Moment(2030, 1, 31))
        usage_audit.audit(self.context, self.host)
        self.assertIn(f'Server {uuid} of project demo used 1 VCPUs, 64 MB and 1 GB for 24.000 '
                      'hours', self.logs.output)

    def test_period_that_is_none_is_refused(self):
        for period in (['x', 'y'], ['2030-01-01'], None, [1, 2]):
            self.assertRaises(
                exception.Invalid, objects.TaskLog.begin, self.context, 'cmp1',
                task_log.USAGE_AUDIT, period, 'begun')
