# SPDX-License-Identifier: Apache-2.0
"""What the databases complain of, told apart by their codes.

oslo.db's own filters go by the wording of messages; they come after this and
take what is not named here. The names below are what the stores and
engine.retry_on_deadlock act on, whichever database it was.
"""

import sqlalchemy as sa
from oslo_db import exception as db_exc


class NodeNotReady(db_exc.DBConnectionError):
    """A Galera node takes no statements: it is joining, or cut off from the others.

    The statement was not run. The connection is given up, so that a balancer can
    lead the next one to another node.
    """


class PatternRefused(db_exc.DBError):
    """The database can't use a regular expression, or gave it up."""


GIVE_WAY = {
    'mysql': frozenset({
        1020,  # the row has changed since the transaction's snapshot
        1205,  # waited too long for a row
        1213,  # deadlock; in Galera also: another node's transaction was certified first
        1305,  # no such savepoint: the whole transaction was taken back because of one of these
    }),
    'postgresql': frozenset({
        '40001',  # not serializable
        '40P01',  # deadlock
        '55P03',  # waited too long for a row
    }),
}
"""The transaction is lost because of another one, and may be repeated as a whole."""

AWAY = {
    'mysql': frozenset({1040, 1053}),  # too many connections; shutting down
    'postgresql': frozenset({
        '08000', '08001', '08003', '08004', '08006',  # the connection failed
        '25006',  # it writes nothing: a standby that has not taken over yet
        '53300',  # too many connections
        '57P01', '57P02', '57P03',  # it stops, it crashed, it starts
    }),
}

NOT_READY = {'mysql': frozenset({1047})}

PATTERN = {
    'mysql': frozenset({
        1139,
        1969,  # the statement took longer than it was given; only patterns are given a time
    }),
    'postgresql': frozenset({
        '2201B',
        '57014',  # the same
    }),
    'sqlite': frozenset({'user-defined function raised exception'}),
}

REFUSALS = ('authentication failed', 'does not exist', 'no pg_hba.conf entry', 'permission denied')
"""What a PostgreSQL that is there says to who may not come in; libpq gives no code with it."""


def listen():
    """Have all engines of this process tell their errors apart as said here."""
    if not sa.event.contains(sa.Engine, 'handle_error', _tell_apart):
        sa.event.listen(sa.Engine, 'handle_error', _tell_apart)


def _tell_apart(context):
    """Raise what the driver's error means, if it is one of ours."""
    error, database = context.original_exception, context.dialect.name
    if database == 'mariadb':
        database = 'mysql'
    meaning = _meaning_of(_code_of(error), database)
    if meaning is None and context.connection is None and database == 'postgresql':
        meaning = _meaning_of_refusal(error, context.dialect.loaded_dbapi)
    if meaning is None:
        return
    if issubclass(meaning, db_exc.DBConnectionError):
        context.is_disconnect = True
        if context.is_pre_ping:
            return
    raise meaning(error) from error


def _meaning_of(code, database):
    for known, meaning in ((GIVE_WAY, db_exc.DBDeadlock), (AWAY, db_exc.DBConnectionError),
                           (NOT_READY, NodeNotReady), (PATTERN, PatternRefused)):
        if code in known.get(database, ()):
            return meaning
    return None


def _code_of(error):
    """Answer SQLSTATE or the server's number; None if the driver gives none."""
    for name in ('pgcode', 'sqlstate'):
        if getattr(error, name, None):
            return getattr(error, name)
    return error.args[0] if error.args else None


def _meaning_of_refusal(error, driver):
    """Answer what it means that no connection came about."""
    if not isinstance(error, driver.OperationalError):
        return None
    told = str(error)
    return None if any(text in told for text in REFUSALS) else db_exc.DBConnectionError
