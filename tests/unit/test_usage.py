# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/usage.py: hours of servers, periods of audits."""

import datetime

from nova_lite import conf, usage
from nova_lite.conf import usage_audit
from tests import base

Moment = datetime.datetime
DAY = usage.Period(Moment(2030, 1, 2), Moment(2030, 1, 3))


class HoursTest(base.TestCase):

    def test_only_what_lies_in_the_period_counts(self):
        for launched, terminated, hours in (
                (Moment(2030, 1, 1), None, 24),
                (Moment(2030, 1, 1), Moment(2030, 1, 4), 24),
                (Moment(2030, 1, 2, 6), None, 18),
                (Moment(2030, 1, 1), Moment(2030, 1, 2, 1, 30), 1.5),
                (Moment(2030, 1, 2, 6), Moment(2030, 1, 2, 6, 0, 36), 0.01),
                (Moment(2030, 1, 1), Moment(2030, 1, 1, 12), 0),
                (Moment(2030, 1, 3), None, 0),
                (Moment(2030, 1, 4), None, 0),
                (None, None, 0),
                (None, Moment(2030, 1, 2, 6), 0)):
            self.assertEqual(hours, DAY.hours_of(launched, terminated), (launched, terminated))

    def test_fractions_of_seconds_count(self):
        self.assertEqual(0.25, DAY.seconds_of(Moment(2030, 1, 2, 23, 59, 59, 750000), None))


class LastCompletedTest(base.TestCase):

    def test_period_is_the_last_that_ended_before(self):
        for wanted, before, beginning, ending in (
                ('month', Moment(2030, 1, 15), Moment(2029, 12, 1), Moment(2030, 1, 1)),
                ('month@1', Moment(2030, 3, 2), Moment(2030, 2, 1), Moment(2030, 3, 1)),
                ('month@20', Moment(2030, 1, 15), Moment(2029, 11, 20), Moment(2029, 12, 20)),
                ('month@31', Moment(2030, 3, 15), Moment(2030, 1, 31), Moment(2030, 2, 28)),
                ('year', Moment(2030, 1, 15), Moment(2029, 1, 1), Moment(2030, 1, 1)),
                ('year@4', Moment(2030, 1, 15), Moment(2028, 4, 1), Moment(2029, 4, 1)),
                ('day', Moment(2030, 1, 1, 5), Moment(2029, 12, 31), Moment(2030, 1, 1)),
                ('day@6', Moment(2030, 1, 1, 5), Moment(2029, 12, 30, 6), Moment(2029, 12, 31, 6)),
                ('hour', Moment(2030, 1, 1, 0, 30), Moment(2029, 12, 31, 23), Moment(2030, 1, 1)),
                ('hour@45', Moment(2030, 1, 1, 1, 30), Moment(2029, 12, 31, 23, 45),
                 Moment(2030, 1, 1, 0, 45))):
            self.assertEqual(usage.Period(beginning, ending),
                             usage.last_completed(wanted, before), wanted)

    def test_period_that_ends_now_has_not_ended_before(self):
        for unit, moment in (('month', Moment(2030, 2, 1)), ('day', Moment(2030, 2, 1)),
                             ('year', Moment(2030, 1, 1)), ('hour', Moment(2030, 1, 1, 7))):
            self.assertLess(usage.last_completed(unit, moment).ending, moment)
            just_after = moment + datetime.timedelta(microseconds=1)
            self.assertEqual(moment, usage.last_completed(unit, just_after).ending)

    def test_periods_follow_each_other_without_a_gap(self):
        for wanted in ('year@7', 'month@30', 'day@23', 'hour@59'):
            later = usage.last_completed(wanted, Moment(2030, 3, 15, 4, 30))
            for _step in range(30):
                earlier = usage.last_completed(wanted, later.ending)
                self.assertEqual(later.beginning, earlier.ending, wanted)
                later = earlier


class OptionTest(base.TestCase):

    def test_only_periods_that_there_are_can_be_configured(self):
        (option,) = (one for one in usage_audit.OPTS if one.name == 'instance_usage_audit_period')
        for text in ('year', 'month', 'day', 'hour', 'year@12', 'month@31', 'day@23', 'hour@59'):
            self.assertEqual(text, option.type(text))
            usage.last_completed(text, Moment(2030, 1, 1))
        for text in ('week', 'year@13', 'month@32', 'day@24', 'hour@60', 'month@', 'month@-1', ''):
            self.assertRaises(ValueError, option.type, text)
        self.assertEqual('month', conf.CONF.instance_usage_audit_period)
