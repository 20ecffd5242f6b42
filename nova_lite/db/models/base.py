# SPDX-License-Identifier: Apache-2.0
"""What all tables share: naming of constraints, column types."""

import sqlalchemy as sa
from sqlalchemy.dialects import mysql


class Base:
    """What makes a table of a class: its columns are attributes, which name them.

    Only the tables are used, by SQLAlchemy Core; mappers to objects would have 2 MB.

    :cvar __table__: of a subclass
    """

    metadata = sa.MetaData(naming_convention={
        'ix': 'ix_%(table_name)s_%(column_0_N_name)s',
        'uq': 'uq_%(table_name)s_%(column_0_N_name)s',
        'fk': 'fk_%(table_name)s_%(column_0_N_name)s',
        'pk': 'pk_%(table_name)s',
    })
    # Binary: two names are the same name only if they are the same letters.
    __table_args__ = {'mysql_engine': 'InnoDB', 'mysql_charset': 'utf8mb4',
                      'mysql_collate': 'utf8mb4_bin'}

    def __init_subclass__(cls):
        columns = {name: value for name, value in vars(cls).items() if isinstance(value, sa.Column)}
        for name, column in columns.items():
            column.name = column.name or name
        *constraints, options = (cls.__table_args__ if isinstance(cls.__table_args__, tuple)
                                 else (cls.__table_args__,))
        cls.__table__ = sa.Table(cls.__tablename__, cls.metadata, *columns.values(), *constraints,
                                 **options)


def table_args(*constraints):
    """Constraints and indexes of a table, with the options that all tables have."""
    return (*constraints, Base.__table_args__)


Moment = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), 'mysql', 'mariadb')
"""A time in UTC with microseconds, without zone."""

BigId = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
"""A growing number; SQLite counts up only in INTEGER."""

Uuid = sa.String(36)
LongText = sa.Text().with_variant(mysql.MEDIUMTEXT(), 'mysql', 'mariadb')
"""Up to 16 MB; plain TEXT ends at 64 KB in MariaDB, which is what user data may have."""
