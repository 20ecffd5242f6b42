# SPDX-License-Identifier: Apache-2.0
"""Notifications that wait to be sent."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = 'expand_0008'
down_revision = 'expand_0007'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), 'mysql', 'mariadb')
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
OPTIONS = {'mysql_charset': 'utf8mb4', 'mysql_collate': 'utf8mb4_bin', 'mysql_engine': 'InnoDB'}


def upgrade():
    """Create the tables."""
    op.create_table(
        'notification_outbox',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('event_id', sa.String(length=36), nullable=False),
        sa.Column('subject', sa.String(length=255), nullable=False),
        sa.Column('event_type', sa.String(length=255), nullable=False),
        sa.Column('publisher_id', sa.String(length=255), nullable=False),
        sa.Column('priority', sa.String(length=16), nullable=False),
        sa.Column('payload', sa.JSON(), nullable=False),
        sa.Column('asked_by', sa.JSON(), nullable=False),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_notification_outbox')),
        **OPTIONS)
    op.create_table(
        'notification_lease',
        sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('owner', sa.String(length=36), nullable=False),
        sa.Column('expires_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_notification_lease')),
        **OPTIONS)
