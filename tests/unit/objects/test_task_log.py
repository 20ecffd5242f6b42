# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/objects/task_log.py: periods and pages as hosts ask for them."""

import datetime

from nova_lite import exception, objects, usage
from nova_lite.db import engine
from nova_lite.db.stores import task_log as store
from nova_lite.db.stores import usage as usage_store
from nova_lite.objects import task_log as task_logs
from nova_lite.states import task_log
from tests import base
from tests.fixtures import database, records

TEXTS = ['2030-01-01T00:00:00', '2030-02-01T00:00:00']
JANUARY = usage.Period(datetime.datetime(2030, 1, 1), datetime.datetime(2030, 2, 1))


class PeriodTest(base.TestCase):

    def test_period_crosses_the_wire_as_texts(self):
        self.assertEqual(JANUARY, task_logs.period_of(TEXTS))
        self.assertEqual(JANUARY, task_logs.period_of(
            ['2030-01-01T01:00:00+01:00', '2030-02-01T00:00:00Z']))

    def test_what_is_no_period_is_refused(self):
        for texts in (None, [], ['x', 'y'], TEXTS[:1], [1, 2]):
            self.assertRaises(exception.Invalid, task_logs.period_of, texts)


class TaskLogTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)

    def test_run_begins_once_and_ends(self):
        for expected in (True, False):
            self.assertIs(expected, objects.TaskLog.begin(
                self.context, 'cmp1', task_log.USAGE_AUDIT, TEXTS, 'begun'))
            objects.TaskLog.end(self.context, 'cmp1', task_log.USAGE_AUDIT, TEXTS, {
                'message': 'done', 'task_items': 2, 'errors': 1})
        (run,) = store.list_runs(self.context, task_log.USAGE_AUDIT, JANUARY)
        self.assertEqual(('DONE', 'done', 2, 1), (
            run['state'], run['message'], run['task_items'], run['errors']))

    def test_servers_are_whole_objects(self):
        records.compute_host(self.context)
        server = records.active_server(records.caller(), metadata={'a': 'b'})
        with engine.writer() as connection:
            connection.execute(usage_store.servers.update().values(
                launched_at=JANUARY.beginning, deleted=True))
        (found,) = objects.ActiveInstanceList.get_by_host(self.context, 'cmp1', TEXTS, 0, 10)
        self.assertEqual((server['uuid'], {'a': 'b'}, 'm1.small'), (
            found.uuid, found.metadata, found.flavor.name))
