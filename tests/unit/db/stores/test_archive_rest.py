# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/archive_rest.py: what belongs to no server."""

import datetime

from oslo_utils import fixture as utils_fixture

from nova_lite.db.stores import archive, archive_rest
from nova_lite.states import operation as op
from tests import base
from tests.fixtures import database, ended, records

DAY = datetime.timedelta(days=1)


class RestTest(base.TestCase):
    """Ten days after what the tables tell of."""

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.useFixture(utils_fixture.TimeFixture(ended.BORN_AT + 10 * DAY))
        self.context = records.caller(is_admin=True)

    def archive(self, part, rows=None, **options):
        return [dict(moved) for moved in part(self.context, archive.Budget(rows), **options)]

    def test_batch_goes_with_its_decisions(self):
        ended.decision(ended.operation())
        before = ended.live()
        self.assertEqual([{'operations': 1, 'decisions': 1}], self.archive(archive_rest.batches))
        self.assertEqual(({}, before), (ended.live(), ended.archived()))

    def test_batch_stays_while_a_servers_operation_names_it(self):
        parent = ended.operation()
        ended.operation(instance_uuid='a-server', parent_id=parent)
        self.assertEqual([], self.archive(archive_rest.batches))

    def test_batch_that_is_not_finished_stays(self):
        ended.operation(op.RUNNING)
        self.assertEqual([], self.archive(archive_rest.batches))

    def test_batch_finished_after_the_date_stays(self):
        ended.operation()
        self.assertEqual([], self.archive(archive_rest.batches, before=ended.ENDED_AT))
        self.assertEqual(1, len(self.archive(archive_rest.batches, before=ended.ENDED_AT + DAY)))

    def test_budget_counts_a_batch_with_its_decisions(self):
        for _ in range(3):
            ended.decision(ended.operation())
        moved = self.archive(archive_rest.batches, rows=5)
        self.assertEqual([{'operations': 2, 'decisions': 2}], moved)

    def test_decision_older_than_the_days_goes(self):
        ended.decision(1, ended.BORN_AT)
        young = ended.decision(1, ended.BORN_AT + 4 * DAY)
        self.assertEqual([{'decisions': 1}],
                         self.archive(archive_rest.old_decisions, kept_days=7))
        self.assertEqual([young], [row['id'] for row in ended.contents('decisions')])

    def test_decision_of_unfinished_work_stays(self):
        ended.decision(ended.operation(op.PENDING))
        self.assertEqual([], self.archive(archive_rest.old_decisions, kept_days=7))

    def test_pages_follow_each_other(self):
        self.patch(archive_rest, 'AT_ONCE', 2)
        for _ in range(5):
            ended.decision(1)
        self.assertEqual([2, 2, 1], [rows['decisions'] for rows in self.archive(
            archive_rest.old_decisions, kept_days=7)])

    def log_of(self, host, period_ending):
        ended.insert(
            'task_log', task_name='audit', host=host, period_beginning=ended.BORN_AT,
            period_ending=period_ending, state='DONE', message='', created_at=ended.BORN_AT)

    def test_log_of_periods_that_are_over_goes(self):
        self.log_of('cmp1', ended.ENDED_AT)
        self.log_of('cmp2', ended.BORN_AT + 20 * DAY)
        self.assertEqual([{'task_log': 1}], self.archive(archive_rest.task_logs))
        self.assertEqual(['cmp2'], [row['host'] for row in ended.contents('task_log')])

    def test_log_written_after_the_date_stays(self):
        self.log_of('cmp1', ended.ENDED_AT)
        self.assertEqual([], self.archive(archive_rest.task_logs, before=ended.BORN_AT))
