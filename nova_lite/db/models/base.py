# SPDX-License-Identifier: Apache-2.0
"""What all tables share: naming of constraints, column types."""

import ipaddress

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

# Binary: two names are the same name only if they are the same letters.
OPTIONS = {'mysql_engine': 'InnoDB', 'mysql_charset': 'utf8mb4', 'mysql_collate': 'utf8mb4_bin'}
"""What all tables have on MySQL and MariaDB."""


class Base:
    """What makes a table of a class: its columns are attributes, which name them.

    Only the tables are used, by SQLAlchemy Core; mappers to objects would have 2 MB.

    :cvar __tablename__: of a subclass
    :cvar __table_args__: constraints and indexes of several columns
    :cvar __table__: what is made of a subclass
    """

    metadata = sa.MetaData(naming_convention={
        'ix': 'ix_%(table_name)s_%(column_0_N_name)s',
        'uq': 'uq_%(table_name)s_%(column_0_N_name)s',
        'fk': 'fk_%(table_name)s_%(column_0_N_name)s',
        'pk': 'pk_%(table_name)s',
    })
    __table_args__ = ()

    def __init_subclass__(cls):
        columns = {name: value for name, value in vars(cls).items() if isinstance(value, sa.Column)}
        for name, column in columns.items():
            column.name = column.name or name
        cls.__table__ = sa.Table(cls.__tablename__, cls.metadata, *columns.values(),
                                 *cls.__table_args__, **OPTIONS)


Moment = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), 'mysql', 'mariadb')
"""A time in UTC with microseconds, without zone."""

BigId = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
"""A growing number; SQLite counts up only in INTEGER."""

Uuid = sa.String(36)
LongText = sa.Text().with_variant(mysql.MEDIUMTEXT(), 'mysql', 'mariadb')
"""Up to 16 MB; plain TEXT ends at 64 KB in MariaDB, which is what user data may have."""


class Address(sa.TypeDecorator):
    """An IP address, which is kept as short as can be; what is none matches none."""

    impl = sa.String(39)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        """Answer the short form of an address."""
        try:
            return value and ipaddress.ip_address(value).compressed
        except ValueError:
            return value
