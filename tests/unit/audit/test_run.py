# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/audit/run.py: who is asked, and what is repaired."""

from nova_lite import exception
from nova_lite.audit import hosts, record, run
from nova_lite.audit.finding import Code, Finding
from nova_lite.db.stores import services
from tests import base

BY_HAND = Code('by-hand', 'x', advice='y')
BY_REPAIR = Code('by-repair', 'x', 'y')


class AuditTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.computes = {'cmp1': True, 'cmp2': True, 'cmp3': False}
        self.patch(services, 'list_services', lambda context, binary: [
            {'host': host, 'is_up': is_up} for host, is_up in self.computes.items()])
        self.patch(services, 'get_by_host', lambda context, host, binary: {
            'host': host, 'is_up': self.computes[host]})
        self.patch(record, 'look', lambda context: [
            Finding(BY_HAND, 'z', 'cmp1'), Finding(BY_REPAIR, 'a', repair=lambda: True)])
        self.patch(hosts, 'look', lambda context, host, pause: [Finding(BY_HAND, 'y', host)])

    def audit(self, **kwargs):
        report = run.audit(None, **kwargs)
        return [one.key for one in report.findings], report.asked, report.not_asked

    def test_all_living_hosts_are_asked(self):
        self.assertEqual(([('by-hand', 'y', 'cmp1'), ('by-hand', 'y', 'cmp2'),
                           ('by-hand', 'z', 'cmp1'), ('by-repair', 'a', None)],
                          ('cmp1', 'cmp2'), ('cmp3',)), self.audit())

    def test_one_host_is_all_that_is_told_of(self):
        self.assertEqual(([('by-hand', 'y', 'cmp1'), ('by-hand', 'z', 'cmp1')], ('cmp1',), ()),
                         self.audit(only_host='cmp1'))

    def test_only_host_must_be_up(self):
        self.assertRaises(exception.AuditIncomplete, run.audit, None, only_host='cmp3')

    def test_record_alone_asks_nobody(self):
        self.assertEqual(([('by-hand', 'z', 'cmp1'), ('by-repair', 'a', None)], (), ()),
                         self.audit(ask_hosts=False))

    def test_repair_does_what_it_can(self):
        report = run.repair(run.audit(None, ask_hosts=False))
        self.assertEqual([None, 'y'], [one.done for one in report.findings])
