# SPDX-License-Identifier: Apache-2.0
"""Connections and transactions, by oslo.db's engine facade.

``writer`` inside ``writer`` joins the outer transaction, so a store's function
is a transaction of its own when called alone and part of a larger one when
called from another.
"""

import contextlib
import functools
import threading

import sqlalchemy as sa
from oslo_db import api as oslo_db_api
from oslo_db import exception as db_exc
from oslo_db.sqlalchemy import enginefacade

from nova_lite import exception
from nova_lite.db import clock

__all__ = ['configure', 'db_exc', 'engine', 'reader', 'retry_on_deadlock', 'writer']

LOCK_WAIT = 5
"""Seconds for a row that another transaction holds; ours hold theirs for milliseconds."""

_facade = None


@enginefacade.transaction_context_provider
class _Scope(threading.local):
    """The transaction of the running thread; what nested calls join."""

    depth = 0


_scope = _Scope()


def configure(connection, **options):
    """Set the database that this process uses.

    :param connection: SQLAlchemy URL
    :param options: passed to oslo.db (pool sizes, retries)
    """
    global _facade  # noqa: PLW0603 - one database a process
    if _facade is not None:
        _facade.dispose_pool()
    _facade = enginefacade.transaction_context()
    # Giving way at each return of a connection costs a request milliseconds on a busy machine.
    _facade.configure(connection=connection, sqlite_fk=True, thread_checkin=False, **options)
    if connection.startswith('sqlite'):
        _facade.append_on_engine_create(_prepare_sqlite)
    elif connection.startswith('mysql'):
        _facade.append_on_engine_create(_prepare_mysql)


def _prepare_sqlite(new_engine):
    @sa.event.listens_for(new_engine, 'connect')
    def _connected(dbapi_connection, _record):
        dbapi_connection.create_function(clock.SQLITE_FUNCTION, 1, clock.sqlite_now)


def _prepare_mysql(new_engine):
    @sa.event.listens_for(new_engine, 'connect')
    def _connected(dbapi_connection, _record):
        with contextlib.closing(dbapi_connection.cursor()) as cursor:
            cursor.execute(f'SET SESSION innodb_lock_wait_timeout = {LOCK_WAIT}')


def engine():
    """Answer the SQLAlchemy engine (migrations and tests need it)."""
    return _facade.writer.get_engine()


@contextlib.contextmanager
def writer(_context=None):
    """A transaction; committed at the end, rolled back on an exception.

    :raises DatabaseUnavailable: if the database can't be reached
    """
    _scope.depth += 1
    try:
        with _unreachable_is_503(), _facade.writer.connection.using(_scope) as connection:
            yield connection
    finally:
        _scope.depth -= 1


@contextlib.contextmanager
def reader(_context=None):
    """A consistent read.

    :raises DatabaseUnavailable: if the database can't be reached
    """
    with _unreachable_is_503(), _facade.reader.connection.using(_scope) as connection:
        yield connection


@contextlib.contextmanager
def _unreachable_is_503():
    try:
        yield
    except db_exc.DBConnectionError as error:
        raise exception.DatabaseUnavailable() from error


_retry = oslo_db_api.wrap_db_retry(
    max_retries=8, retry_interval=0.02, inc_retry_interval=True, max_retry_interval=0.5,
    retry_on_deadlock=True)


def retry_on_deadlock(function):
    """Run a whole transaction again after a deadlock or a Galera certification error.

    Inside somebody else's transaction it does nothing: the database has rolled
    back the whole of it, so there is nothing left here to repeat.
    """
    retried = _retry(function)

    @functools.wraps(function)
    def call(*args, **kwargs):
        return (function if _scope.depth else retried)(*args, **kwargs)
    return call
