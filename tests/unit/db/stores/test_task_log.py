# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/task_log.py: what is done once for a period."""

import datetime

from nova_lite import usage
from nova_lite.db.stores import task_log as store
from nova_lite.states import task_log
from tests import base
from tests.fixtures import database, records

JANUARY = usage.Period(datetime.datetime(2030, 1, 1), datetime.datetime(2030, 2, 1))
FEBRUARY = usage.Period(datetime.datetime(2030, 2, 1), datetime.datetime(2030, 3, 1))


class TaskLogTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller()

    def begin(self, host='cmp1', period=JANUARY, message='begun'):
        return store.begin(self.context, host, task_log.USAGE_AUDIT, period, message)

    def end(self, host='cmp1', message='done', errors=1):
        store.end(self.context, host, task_log.USAGE_AUDIT, JANUARY, message=message,
                  task_items=5, errors=errors)

    def runs(self, period=JANUARY):
        return [(row['host'], row['state'], row['task_items'], row['errors'], row['message'])
                for row in store.list_runs(self.context, task_log.USAGE_AUDIT, period)]

    def test_run_is_recorded_from_its_beginning_to_its_end(self):
        self.assertTrue(self.begin())
        self.assertEqual([('cmp1', 'RUNNING', 0, 0, 'begun')], self.runs())
        self.end()
        self.assertEqual([('cmp1', 'DONE', 5, 1, 'done')], self.runs())

    def test_what_is_done_is_not_done_again(self):
        self.begin()
        self.end()
        self.assertFalse(self.begin())
        self.assertEqual([('cmp1', 'DONE', 5, 1, 'done')], self.runs())

    def test_run_that_was_broken_off_is_made_again(self):
        self.begin()
        self.assertTrue(self.begin(message='again'))
        self.assertEqual([('cmp1', 'RUNNING', 0, 0, 'again')], self.runs())

    def test_hosts_and_periods_are_told_apart(self):
        self.begin()
        self.end()
        self.assertTrue(self.begin('cmp2'))
        self.assertTrue(self.begin(period=FEBRUARY))
        self.assertEqual(['cmp1', 'cmp2'], [run[0] for run in self.runs()])
        self.assertEqual(['RUNNING'], [run[1] for run in self.runs(FEBRUARY)])

    def test_message_is_cut_to_what_the_record_holds(self):
        self.begin(message='x' * 300)
        self.end(message='y' * 300)
        self.assertEqual('y' * 255, self.runs()[0][4])

    def test_of_two_that_begin_at_once_one_does_it(self):
        self.begin()

        def too_late(*arguments):
            raise store.engine.db_exc.DBDuplicateEntry()
        self.patch(store, '_begin', too_late)
        self.assertFalse(self.begin())
