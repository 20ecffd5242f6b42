# SPDX-License-Identifier: Apache-2.0
"""Statements are timed by their kind, and conflicts are counted."""

import prometheus_client
import sqlalchemy as sa

from nova_lite import metrics
from nova_lite.db import engine, measuring
from nova_lite.metrics import recorder
from tests import base
from tests.fixtures import database


class MeasuringTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.registry = prometheus_client.CollectorRegistry()
        metrics.record_with(recorder.Recorder(self.registry))
        self.addCleanup(metrics.record_with, None)
        measuring.listen()
        self.addCleanup(self.listen_no_more)

    @staticmethod
    def listen_no_more():
        for name, listener in measuring.LISTENERS.items():
            sa.event.remove(sa.Engine, name, listener)

    def count(self, kind):
        return self.registry.get_sample_value(
            'nova_lite_sql_statement_seconds_count', {'kind': kind})

    def test_statements_are_timed_by_their_kind(self):
        with engine.writer() as connection:
            connection.execute(sa.text('SELECT 1'))
            connection.execute(sa.text("UPDATE instances SET host = 'a' WHERE id = 0"))
        self.assertEqual((1, 1, None), (
            self.count('select'), self.count('update'), self.count('delete')))

    def test_whatever_else_it_is_has_one_label(self):
        self.assertEqual(['insert', 'other', 'other'], [
            measuring.kind_of(text) for text in (' INSERT INTO a', 'SAVEPOINT a', '')])

    def test_a_second_call_does_not_count_twice(self):
        measuring.listen()
        self.test_statements_are_timed_by_their_kind()

    def test_each_conflict_is_counted(self):
        left = [engine.db_exc.DBDeadlock(), engine.db_exc.DBDeadlock()]

        @engine.retry_on_deadlock
        def transaction():
            if left:
                raise left.pop()
            return 'done'

        self.assertEqual('done', transaction())
        self.assertEqual(2, self.registry.get_sample_value('nova_lite_sql_conflicts_total'))
