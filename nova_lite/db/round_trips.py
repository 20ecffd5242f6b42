# SPDX-License-Identifier: Apache-2.0
"""What need not be asked of the database: whether it lives, and that nothing has happened.

The pool asks every connection before it lends it, and has it forget an open
transaction when it comes back. Around a transaction of one statement that is
half of all round trips.
"""

import select
import time
import weakref

import sqlalchemy as sa

FRESH = 1.0
"""Seconds that a connection counts as alive after its last use; no server restarts so fast
without the broken connection being seen on its socket."""


def spare(engine):
    """Have an engine ask no more than it needs to."""
    _trust_fresh_connections(engine)
    if engine.dialect.name in ('mysql', 'mariadb'):
        _forget_only_what_is_open(engine)


def _trust_fresh_connections(engine):
    ask, last_use = engine.dialect.do_ping, weakref.WeakKeyDictionary()

    @sa.event.listens_for(engine, 'checkin')
    def _came_back(connection, _record):
        if connection is not None:
            last_use[connection] = time.monotonic()

    def do_ping(connection):
        is_fresh = time.monotonic() - last_use.get(connection, -FRESH) < FRESH
        return (is_fresh and not _has_news(connection)) or ask(connection)

    engine.dialect.do_ping = do_ping


def _has_news(connection):
    """Whether an idle connection's socket can be read: the server has hung up, or said why."""
    # eventlet takes poll away, because it would stop all green threads.
    if not hasattr(select, 'poll') or not hasattr(connection, 'fileno'):
        return False
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def _forget_only_what_is_open(engine):
    """Leave the rollback out where the last transaction has ended and none has begun.

    libpq knows by itself; MariaDB's clients send it.
    """
    commit, rollback = engine.dialect.do_commit, engine.dialect.do_rollback
    ended = weakref.WeakSet()

    @sa.event.listens_for(engine, 'begin')
    def _begun(connection):
        ended.discard(connection.connection.dbapi_connection)

    def do_commit(proxy):
        commit(proxy)
        ended.add(_driver_connection(proxy))

    def do_rollback(proxy):
        if _driver_connection(proxy) not in ended:
            rollback(proxy)
            ended.add(_driver_connection(proxy))

    engine.dialect.do_commit, engine.dialect.do_rollback = do_commit, do_rollback


def _driver_connection(proxy):
    return getattr(proxy, 'dbapi_connection', proxy)
