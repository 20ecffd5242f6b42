# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/failures.py: what the codes of the databases mean."""

import types

import ddt
import sqlalchemy as sa
from oslo_db import exception as db_exc

from nova_lite.db import engine, failures
from tests import base


class DriverError(Exception):
    """As drivers raise them: the server's number first, or SQLSTATE in an attribute."""

    def __init__(self, *args, pgcode=None):
        super().__init__(*args)
        self.pgcode = pgcode


class OtherDriverError(DriverError):
    """One that is not about the connection."""


def mysql(code):
    return 'mysql', DriverError(code, 'text')


def postgresql(code):
    return 'postgresql', DriverError('text', pgcode=code)


def error_context(database, error, *, connected=True, is_pre_ping=False):
    driver = types.SimpleNamespace(OperationalError=DriverError)
    return types.SimpleNamespace(
        dialect=types.SimpleNamespace(name=database, loaded_dbapi=driver),
        original_exception=error, connection=object() if connected else None,
        is_disconnect=False, is_pre_ping=is_pre_ping)


@ddt.ddt
class CodesTest(base.TestCase):

    @ddt.data(mysql(1213), mysql(1205), mysql(1020), mysql(1305), postgresql('40001'),
              postgresql('40P01'), postgresql('55P03'),
              ('mariadb', DriverError(1213, 'WSREP aborted it')))
    @ddt.unpack
    def test_transaction_that_gave_way_may_be_repeated(self, database, error):
        context = error_context(database, error)
        raised = self.assertRaises(db_exc.DBDeadlock, failures._tell_apart, context)
        self.assertIs(error, raised.inner_exception)
        self.assertFalse(context.is_disconnect)

    @ddt.data(mysql(1040), mysql(1053), mysql(1047), postgresql('57P01'), postgresql('25006'),
              postgresql('08006'))
    @ddt.unpack
    def test_connection_to_a_server_that_leaves_is_given_up(self, database, error):
        context = error_context(database, error)
        self.assertRaises(db_exc.DBConnectionError, failures._tell_apart, context)
        self.assertTrue(context.is_disconnect)

    def test_connection_that_is_found_dead_before_its_use_is_no_error(self):
        context = error_context(*postgresql('57P01'), is_pre_ping=True)
        failures._tell_apart(context)
        self.assertTrue(context.is_disconnect)

    @ddt.data(mysql(1062), mysql(1364), postgresql('23505'), postgresql('22003'),
              ('sqlite', DriverError('database is locked')), ('sqlite', DriverError()))
    @ddt.unpack
    def test_other_errors_are_left_alone(self, database, error):
        context = error_context(database, error)
        failures._tell_apart(context)
        self.assertFalse(context.is_disconnect)

    @ddt.data('connection to server at "db", port 5432 failed: Connection refused',
              'FATAL:  the database system is starting up',
              'FATAL:  sorry, too many clients already')
    def test_postgresql_that_can_not_be_reached_is_away(self, text):
        context = error_context('postgresql', DriverError(text), connected=False)
        self.assertRaises(db_exc.DBConnectionError, failures._tell_apart, context)

    @ddt.data('FATAL:  password authentication failed for user "nova_lite"',
              'FATAL:  database "nova" does not exist')
    def test_postgresql_that_lets_nobody_in_is_not_away(self, text):
        context = error_context('postgresql', DriverError(text), connected=False)
        failures._tell_apart(context)
        self.assertFalse(context.is_disconnect)

    def test_error_in_the_making_of_a_connection_is_not_that_the_server_is_away(self):
        context = error_context('postgresql', ValueError('no such option'), connected=False)
        failures._tell_apart(context)
        self.assertFalse(context.is_disconnect)


class PatternTest(base.TestCase):

    def test_pattern_that_the_database_can_not_use_is_told_apart(self):
        engine.configure(f'sqlite:///{self.temporary_directory()}/x.sqlite')
        self.addCleanup(engine.engine().dispose)

        def look():
            with engine.reader() as connection:
                connection.execute(sa.select(sa.literal('a').regexp_match('(')))
        self.assertRaises(failures.PatternRefused, look)
