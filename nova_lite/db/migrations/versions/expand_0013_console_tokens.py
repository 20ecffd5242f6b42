# SPDX-License-Identifier: Apache-2.0
"""What lets somebody look at a server's console for a while."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = 'expand_0013'
down_revision = 'expand_0012'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), 'mysql', 'mariadb')
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
OPTIONS = {'mysql_charset': 'utf8mb4', 'mysql_collate': 'utf8mb4_bin', 'mysql_engine': 'InnoDB'}


def upgrade():
    """Create the table."""
    op.create_table(
        'console_auth_tokens',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('console_type', sa.String(length=32), nullable=False),
        sa.Column('instance_uuid', sa.String(length=36), nullable=False),
        sa.Column('host', sa.String(length=255), nullable=False),
        sa.Column('port', sa.Integer(), nullable=False),
        sa.Column('tls_port', sa.Integer(), nullable=True),
        sa.Column('internal_access_path', sa.String(length=255), nullable=True),
        sa.Column('expires_at', MOMENT, nullable=False),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_console_auth_tokens')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_console_auth_tokens_token_hash')),
        **OPTIONS)
    for name in ('instance_uuid', 'expires_at'):
        op.create_index(
            op.f(f'ix_console_auth_tokens_{name}'), 'console_auth_tokens', [name])
