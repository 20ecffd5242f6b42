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

from nova_lite import exception, metrics
from nova_lite.db import clock, failures, round_trips
from nova_lite.metrics import catalogue

__all__ = ['configure', 'db_exc', 'engine', 'limited', 'reader', 'retry_on_deadlock',
           'writer']

LOCK_WAIT = 5
"""Seconds for a row that another transaction holds; ours hold theirs for milliseconds."""

ISOLATION = 'READ COMMITTED'
"""The same on all databases. A statement sees what is committed when it begins, so a
transaction that waited for a lock goes on with the present, and not with a view from before."""

SESSION = {
    'mysql': (f'SET SESSION TRANSACTION ISOLATION LEVEL {ISOLATION}',
              f'SET SESSION innodb_lock_wait_timeout = {LOCK_WAIT}'),
    'postgresql': (f'SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {ISOLATION}',
                   f"SET SESSION lock_timeout = '{LOCK_WAIT}s'"),
}

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
    failures.listen()
    backend = sa.make_url(connection).get_backend_name()
    if backend == 'sqlite':
        _facade.append_on_engine_create(_prepare_sqlite)
        return
    _facade.append_on_engine_create(round_trips.spare)
    _facade.append_on_engine_create(functools.partial(
        _prepare_session, SESSION['mysql' if backend == 'mariadb' else backend]))


def _prepare_sqlite(new_engine):
    @sa.event.listens_for(new_engine, 'connect')
    def _connected(dbapi_connection, _record):
        dbapi_connection.create_function(clock.SQLITE_FUNCTION, 1, clock.sqlite_now)


def _prepare_session(statements, new_engine):
    @sa.event.listens_for(new_engine, 'connect')
    def _connected(dbapi_connection, _record):
        with contextlib.closing(dbapi_connection.cursor()) as cursor:
            for statement in statements:
                cursor.execute(statement)
        # PostgreSQL forgets a setting when the transaction that made it is rolled back.
        dbapi_connection.commit()

    # oslo.db has tried the server with a connection that was made before this.
    new_engine.dispose()


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
    except Exception:
        raise
    except BaseException:
        # Cut off while it commits, a connection goes back with its transaction open.
        if _scope.depth == 1:
            engine().dispose()
        raise
    finally:
        _scope.depth -= 1


@contextlib.contextmanager
def reader(_context=None):
    """A read that joins the transaction around it, if there is one.

    :raises DatabaseUnavailable: if the database can't be reached
    """
    with _unreachable_is_503(), _facade.reader.connection.using(_scope) as connection:
        yield connection


@contextlib.contextmanager
def limited(connection, seconds):
    """Let each statement run only so long, because a user's pattern is in it.

    MariaDB and SQLite give up a match after so many steps, but there are many rows to match,
    which MariaDB is told to give up too; to PostgreSQL any time is as good as another.
    """
    dialect = connection.dialect
    if dialect.name == 'postgresql':
        connection.execute(sa.text(f"SET LOCAL statement_timeout = '{seconds}s'"))
    if not getattr(dialect, 'is_mariadb', False):
        yield
        return
    connection.execute(sa.text(f'SET max_statement_time = {seconds}'))
    try:
        yield
    finally:
        # It is the connection's, which is used again.
        if not connection.invalidated:
            connection.execute(sa.text('SET max_statement_time = DEFAULT'))


@contextlib.contextmanager
def _unreachable_is_503():
    try:
        yield
    except db_exc.DBConnectionError as error:
        raise exception.DatabaseUnavailable() from error


def _was_not_run(error):
    """Whether a node refused the transaction before it had any effect."""
    return isinstance(error.__cause__, failures.NodeNotReady)


_retry = oslo_db_api.wrap_db_retry(
    max_retries=8, retry_interval=0.02, inc_retry_interval=True, max_retry_interval=0.5,
    retry_on_deadlock=True, exception_checker=_was_not_run)


def retry_on_deadlock(function):
    """Run a whole transaction again that the database gave up for another one's sake.

    These are deadlocks, long waits for a row, and in Galera conflicts with what
    another node has committed, which come with any statement or at the commit.
    Inside somebody else's transaction it does nothing: the database has rolled
    back the whole of it, so there is nothing left here to repeat.
    """
    @functools.wraps(function)
    def counted(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except (db_exc.DBDeadlock, failures.NodeNotReady):
            metrics.count(catalogue.SQL_CONFLICTS)
            raise

    retried = _retry(counted)

    @functools.wraps(function)
    def call(*args, **kwargs):
        return (function if _scope.depth else retried)(*args, **kwargs)
    return call
