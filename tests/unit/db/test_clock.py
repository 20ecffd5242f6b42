# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/clock.py: one clock, in the words of every database."""

import datetime

import sqlalchemy as sa
from oslo_utils import fixture as utils_fixture
from sqlalchemy.dialects import mysql, postgresql

from nova_lite.db import engine
from nova_lite.db.clock import db_now
from tests import base

NOON = datetime.datetime(2026, 1, 1, 12)


def sql(dialect):
    """Answer the expression for a minute ago as a database is asked it."""
    return str(db_now(-60).compile(dialect=dialect.dialect(),
                                   compile_kwargs={'literal_binds': True}))


class ClockTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.clock = self.useFixture(utils_fixture.TimeFixture(NOON))
        engine.configure(f'sqlite:///{self.temporary_directory()}/clock.sqlite')
        self.addCleanup(engine.engine().dispose)

    def ask(self, *expressions):
        with engine.reader() as connection:
            return tuple(connection.execute(sa.select(*expressions)).one())

    def test_time_of_sqlite_is_what_the_test_says(self):
        self.assertEqual((NOON,), self.ask(db_now()))
        self.clock.advance_time_seconds(5)
        self.assertEqual((NOON + datetime.timedelta(seconds=5),), self.ask(db_now()))

    def test_offset_moves_the_time_both_ways_down_to_a_fraction(self):
        self.assertEqual(
            (NOON - datetime.timedelta(seconds=60), NOON + datetime.timedelta(seconds=0.25)),
            self.ask(db_now(-60), db_now(0.25)))

    def test_times_compare_as_times(self):
        self.assertEqual((True, False), self.ask(db_now() > db_now(-0.5), db_now() > db_now(0.5)))

    def test_statement_is_compiled_once_and_has_the_offset_of_each_call(self):
        offsets = [self.ask(db_now(seconds))[0] for seconds in (1, 2)]
        self.assertEqual([1.0, 2.0], [(moment - NOON).total_seconds() for moment in offsets])

    def test_servers_are_asked_for_utc_with_microseconds(self):
        self.assertEqual('TIMESTAMPADD(MICROSECOND, -60000000, UTC_TIMESTAMP(6))', sql(mysql))
        self.assertEqual("(clock_timestamp() AT TIME ZONE 'UTC' "
                         "+ (-60000000) * INTERVAL '1 microsecond')", sql(postgresql))
