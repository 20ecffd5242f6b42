# SPDX-License-Identifier: Apache-2.0
"""The database's clock, the only one that leases and heartbeats are measured by."""

import datetime
import functools

import sqlalchemy as sa
from oslo_utils import timeutils
from sqlalchemy.ext import compiler
from sqlalchemy.sql import functions as sql_functions

SQLITE_FUNCTION = 'nova_lite_now'
MYSQL_NOW = 'UTC_TIMESTAMP(6)'
POSTGRESQL_NOW = "clock_timestamp() AT TIME ZONE 'UTC'"
"""The moment, and not that of the transaction's beginning."""


class Now(sql_functions.FunctionElement):
    """The moment as an expression; ``db_now`` makes it."""

    type = sa.DateTime()
    inherit_cache = True


@functools.lru_cache(maxsize=64)
def db_now(offset=0.0):
    """Answer the database's present time in UTC, moved by ``offset`` seconds, as an expression."""
    return Now(sa.bindparam(None, int(offset * 1_000_000), type_=sa.BigInteger()))


@compiler.compiles(Now, 'mysql')
@compiler.compiles(Now, 'mariadb')
def _mysql(element, compiler, **kw):
    return f'TIMESTAMPADD(MICROSECOND, {compiler.process(element.clauses, **kw)}, {MYSQL_NOW})'


@compiler.compiles(Now, 'postgresql')
def _postgresql(element, compiler, **kw):
    microseconds = compiler.process(element.clauses, **kw)
    return f"({POSTGRESQL_NOW} + ({microseconds}) * INTERVAL '1 microsecond')"


@compiler.compiles(Now, 'sqlite')
def _sqlite(element, compiler, **kw):
    return f'{SQLITE_FUNCTION}({compiler.process(element.clauses, **kw)})'


def sqlite_now(microseconds):
    """The SQLite function: the process's clock, which tests can set."""
    moment = timeutils.utcnow() + datetime.timedelta(microseconds=microseconds)
    return moment.isoformat(sep=' ', timespec='microseconds')
