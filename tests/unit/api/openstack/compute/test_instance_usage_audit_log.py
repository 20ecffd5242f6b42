# SPDX-License-Identifier: Apache-2.0
"""Tests of the API of the log of usage audits."""

import datetime

from oslo_utils import fixture as time_fixture

from nova_lite import usage
from nova_lite.db.stores import task_log as store
from nova_lite.states import task_log
from tests.fixtures import records
from tests.unit.api.openstack import case

JANUARY = usage.Period(datetime.datetime(2030, 1, 1), datetime.datetime(2030, 2, 1))
PATH = '/os-instance_usage_audit_log'


class AuditLogTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(time_fixture.TimeFixture(datetime.datetime(2030, 2, 15)))
        for host in ('cmp1', 'cmp2', 'cmp3'):
            records.compute_host(records.caller(is_admin=True), host)
        records.controller(self.context)

    def run_audit(self, host, *, ends=True):
        store.begin(self.context, host, task_log.USAGE_AUDIT, JANUARY, 'begun')
        if ends:
            store.end(self.context, host, task_log.USAGE_AUDIT, JANUARY, message='done',
                      task_items=5, errors=1)

    def last(self):
        return self.admin.get(PATH).json['instance_usage_audit_logs']

    def test_hosts_are_counted_by_how_far_they_are(self):
        self.run_audit('cmp1')
        self.run_audit('cmp2', ends=False)
        self.assertEqual({
            'period_beginning': '2030-01-01 00:00:00', 'period_ending': '2030-02-01 00:00:00',
            'num_hosts': 3, 'num_hosts_done': 1, 'num_hosts_running': 1, 'num_hosts_not_run': 1,
            'hosts_not_run': ['cmp3'], 'total_instances': 5, 'total_errors': 1,
            'overall_status': '1 of 3 hosts done. 1 errors.',
            'log': {'cmp1': {'state': 'DONE', 'instances': 5, 'errors': 1, 'message': 'done'},
                    'cmp2': {'state': 'RUNNING', 'instances': 0, 'errors': 0,
                             'message': 'begun'}}}, self.last())

    def test_all_hosts_may_be_done(self):
        for host in ('cmp1', 'cmp2', 'cmp3'):
            self.run_audit(host)
        self.assertEqual('ALL hosts done. 3 errors.', self.last()['overall_status'])

    def test_earlier_periods_are_named_by_a_time_after_them(self):
        self.run_audit('cmp1')
        for text, done in (('2030-02-15 12:00:00', 1), ('2030-02-01 00:00:00.5', 1),
                           ('2030-02-01 00:00:00', 0), ('2030-03-02 00:00:00', 0)):
            shown = self.admin.get(f'{PATH}/{text.replace(" ", "%20")}').json[
                'instance_usage_audit_log']
            self.assertEqual(done, shown['num_hosts_done'], text)

    def test_what_is_no_time_is_refused(self):
        for text in ('x', '2030-02-15', '2030-02-15T00:00:00', '0001-01-01%2000:00:00'):
            with self.subTest(text=text), self.admin.refused(400) as refused:
                self.admin.get(f'{PATH}/{text}')
            self.assertIn('Invalid timestamp', refused[0].message)

    def test_length_of_a_period_is_an_option(self):
        self.override(instance_usage_audit_period='day@6')
        shown = self.last()
        self.assertEqual(('2030-02-13 06:00:00', '2030-02-14 06:00:00'), (
            shown['period_beginning'], shown['period_ending']))

    def test_number_of_statements_does_not_depend_on_the_hosts(self):
        with self.database.statements() as sent:
            self.last()
        self.assertEqual(2, len(sent))

    def test_all_of_it_is_for_admins(self):
        for path in (PATH, f'{PATH}/2030-02-15%2000:00:00'):
            self.assertEqual(403, self.api.send('GET', path).status)
