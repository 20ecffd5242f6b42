# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/round_trips.py: what servers are asked around a transaction."""

import socket
from unittest import mock

import sqlalchemy as sa

from nova_lite.db import round_trips
from tests import base


class FakeConnection:
    """A driver's connection that notes what the server is asked."""

    def __init__(self):
        self.asked = []
        self.here, self.there = socket.socketpair()

    def fileno(self):
        return self.here.fileno()

    def ping(self):
        self.asked.append('ping')

    def commit(self):
        self.asked.append('commit')

    def rollback(self):
        self.asked.append('rollback')

    def cursor(self):
        return mock.MagicMock()

    def close(self):
        self.here.close()
        self.there.close()


class RoundTripsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.driver = FakeConnection()
        self.addCleanup(self.driver.close)
        # The first connection is asked about the server, which is none of these tests' matter.
        self.engine = sa.create_engine(
            'mysql+mysqldb://', creator=lambda: self.driver, pool_pre_ping=True,
            _initialize=False)
        round_trips.spare(self.engine)
        self.now = self.useFixture(
            base.fixtures.MockPatchObject(round_trips.time, 'monotonic', return_value=100.0)).mock
        self.transact()
        self.driver.asked.clear()

    def transact(self):
        with self.engine.connect() as connection, connection.begin():
            pass

    def test_connection_that_was_just_used_is_not_asked_whether_it_lives(self):
        self.transact()
        self.assertEqual(['commit'], self.driver.asked)

    def test_connection_that_was_idle_is_asked(self):
        self.now.return_value += round_trips.FRESH
        self.transact()
        self.assertEqual(['ping', 'commit'], self.driver.asked)

    def test_connection_that_the_server_has_closed_is_asked_at_once(self):
        self.driver.there.close()
        self.transact()
        self.assertEqual(['ping', 'commit'], self.driver.asked)

    def test_transaction_that_was_rolled_back_is_not_rolled_back_again(self):
        with self.engine.connect() as connection:
            connection.begin().rollback()
        self.assertEqual(['rollback'], self.driver.asked)

    def test_transaction_that_nobody_ended_is_rolled_back(self):
        with self.engine.connect() as connection:
            connection.begin()
        self.assertEqual(['rollback'], self.driver.asked)

    def test_commit_that_failed_is_rolled_back(self):
        self.engine.connect().close()
        with mock.patch.object(self.driver, 'commit', side_effect=ZeroDivisionError):
            self.assertRaises(ZeroDivisionError, self.transact)
        self.assertIn('rollback', self.driver.asked)

    def test_what_began_by_itself_is_rolled_back(self):
        with self.engine.connect() as connection:
            connection.exec_driver_sql('SELECT 1')
        self.assertEqual(['rollback'], self.driver.asked)
