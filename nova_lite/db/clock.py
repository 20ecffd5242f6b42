# SPDX-License-Identifier: Apache-2.0
"""The database's clock, the only one that leases and heartbeats are measured by."""

import datetime

import sqlalchemy as sa
from oslo_utils import timeutils
from sqlalchemy.ext import compiler
from sqlalchemy.sql import functions

SQLITE_FUNCTION = 'nova_lite_now'
MYSQL_NOW = 'UTC_TIMESTAMP(6)'
POSTGRESQL_NOW = "clock_timestamp() AT TIME ZONE 'UTC'"
"""The moment, and not that of the transaction's beginning."""


class db_now(functions.FunctionElement):  # noqa: N801 - reads as the SQL function it is
    """The database's present time in UTC, moved by ``offset`` seconds."""

    type = sa.DateTime()
    inherit_cache = True

    def __init__(self, offset=0.0):
        super().__init__(sa.bindparam(None, int(offset * 1_000_000), type_=sa.BigInteger()))


@compiler.compiles(db_now, 'mysql')
@compiler.compiles(db_now, 'mariadb')
def _mysql(element, compiler, **kw):
    return f'TIMESTAMPADD(MICROSECOND, {compiler.process(element.clauses, **kw)}, {MYSQL_NOW})'


@compiler.compiles(db_now, 'postgresql')
def _postgresql(element, compiler, **kw):
    microseconds = compiler.process(element.clauses, **kw)
    return f"({POSTGRESQL_NOW} + ({microseconds}) * INTERVAL '1 microsecond')"


@compiler.compiles(db_now, 'sqlite')
def _sqlite(element, compiler, **kw):
    return f'{SQLITE_FUNCTION}({compiler.process(element.clauses, **kw)})'


def sqlite_now(microseconds):
    """The SQLite function: the process's clock, which tests can set."""
    moment = timeutils.utcnow() + datetime.timedelta(microseconds=microseconds)
    return moment.isoformat(sep=' ', timespec='microseconds')
