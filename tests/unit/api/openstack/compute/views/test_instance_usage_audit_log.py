# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/compute/views/instance_usage_audit_log.py."""

import datetime

from nova_lite import usage
from nova_lite.api.openstack.compute.views import instance_usage_audit_log as views
from nova_lite.states import task_log
from tests import base

JANUARY = usage.Period(datetime.datetime(2030, 1, 1), datetime.datetime(2030, 2, 1))


def run(host, state=task_log.DONE, items=2, errors=0):
    return {'host': host, 'state': state, 'task_items': items, 'errors': errors, 'message': 'm'}


class AuditLogViewTest(base.TestCase):

    def status(self, hosts, *runs):
        return views.of_period(JANUARY, hosts, runs)['overall_status']

    def test_hosts_without_a_run_are_named(self):
        shown = views.of_period(JANUARY, ['c', 'a', 'b'], [run('b')])
        self.assertEqual((['a', 'c'], 2), (shown['hosts_not_run'], shown['num_hosts_not_run']))

    def test_sums_are_those_of_all_runs(self):
        shown = views.of_period(JANUARY, ['a', 'b'], [run('a', errors=1), run('b', items=3)])
        self.assertEqual((5, 1), (shown['total_instances'], shown['total_errors']))

    def test_status_says_how_many_hosts_are_done(self):
        for expected, hosts, runs in (
                ('ALL hosts done. 0 errors.', ['a'], [run('a')]),
                ('ALL hosts done. 0 errors.', [], []),
                ('0 of 1 hosts done. 0 errors.', ['a'], [run('a', task_log.RUNNING)]),
                ('1 of 2 hosts done. 4 errors.', ['a', 'b'], [run('a', errors=4)])):
            self.assertEqual(expected, self.status(hosts, *runs))
