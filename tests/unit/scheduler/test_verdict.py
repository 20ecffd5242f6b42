# SPDX-License-Identifier: Apache-2.0
"""Verdicts on hosts, and the ways to another one."""

from nova_lite.scheduler import drivers, verdict
from tests import base
from tests.unit.scheduler import states

FULL = {'MEMORY_MB': (8192, 8192, 8000)}


class VerdictTest(base.TestCase):

    def judge(self, **asked):
        return verdict.Judge(drivers.configured(), states.request(**asked))

    def texts(self, ways):
        return [[change.text for change in way] for way in ways]

    def test_hosts_that_fit_come_first_with_their_weights(self):
        hosts = [states.host('cmp1', disabled=True), states.host('cmp2', rooms=FULL),
                 states.host('cmp3', rooms={'MEMORY_MB': (8192, 8192, 4096)}),
                 states.host('cmp4')]
        found = self.judge().verdicts(hosts)
        self.assertEqual([('cmp4', True, 1.0), ('cmp3', True, 0.0), ('cmp1', False, None),
                          ('cmp2', False, None)],
                         [(one.host.host, one.fits, one.weight) for one in found])
        self.assertEqual({'RAMWeigher': 1.0}, found[0].shares)

    def test_ways_are_the_cheapest_that_of_the_user_and_that_of_the_operator(self):
        judge = self.judge(zone='east')
        (one,) = judge.verdicts([states.host(availability_zone='west', rooms=FULL)])
        self.assertEqual(
            [['a flavor with 192 MB memory instead of 1,024', 'zone west instead of east']],
            [sorted(texts) for texts in self.texts(judge.ways(one))])
        judge = self.judge()
        (one,) = judge.verdicts([states.host(disabled=True, rooms=FULL)])
        self.assertEqual(
            [['enable cmp1', 'a flavor with 192 MB memory instead of 1,024'],
             ['enable cmp1', '832 MB more memory on cmp1']], self.texts(judge.ways(one)))

    def test_way_is_completed_by_what_shows_only_then(self):
        judge = self.judge(hosts=frozenset({'cmp9'}), forced=True, zone='east')
        host = states.host(availability_zone='west')
        (one,) = judge.verdicts([host])
        self.assertEqual(['DestinationFilter'], [
            finding.condition.name() for finding in one.findings])
        way = judge.completed(judge.ways(one)[0], host)
        self.assertEqual(['any host instead of cmp9', 'zone west instead of east'],
                         [change.text for change in way])

    def test_nothing_is_changed_by_trying(self):
        judge, host = self.judge(), states.host(rooms=FULL, disabled=True)
        (one,) = judge.verdicts([host])
        judge.completed(judge.ways(one)[0], host)
        self.assertEqual((True, 192, 1024), (
            host.disabled, host.free_memory_mb, judge.request.amounts['MEMORY_MB']))

    def test_change_whose_effect_is_unknown_is_believed(self):
        self.override('filter_scheduler', isolated_hosts=['cmp1'],
                      enabled_filters=['IsolatedHostsFilter'])
        judge, host = self.judge(), states.host('cmp1', disabled=True)
        (one,) = judge.verdicts([host])
        way = judge.completed(judge.ways(one)[0], host)
        self.assertEqual([True, False], [change.can_be_tried for change in way])
