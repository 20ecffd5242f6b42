# SPDX-License-Identifier: Apache-2.0
"""The first schema: operations, their secrets, decisions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = 'expand_0005'
down_revision = 'expand_0004'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), 'mysql', 'mariadb')
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
LONG_TEXT = sa.Text().with_variant(mysql.MEDIUMTEXT(), 'mysql', 'mariadb')
OPTIONS = {'mysql_charset': 'utf8mb4', 'mysql_collate': 'utf8mb4_bin', 'mysql_engine': 'InnoDB'}


def upgrade():
    """Create the tables."""
    create_decisions()
    create_idempotency_keys()
    create_operations()
    create_operation_secrets()


def create_decisions():
    """Create decisions."""
    op.create_table(
        'decisions',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('operation_id', BIG_ID, nullable=False),
        sa.Column('request_id', sa.String(length=255), nullable=False),
        sa.Column('project_id', sa.String(length=255), nullable=True),
        sa.Column('request', sa.JSON(), nullable=False),
        sa.Column('considered', sa.Integer(), nullable=False),
        sa.Column('causes', sa.JSON(), nullable=False),
        sa.Column('selections', sa.JSON(), nullable=False),
        sa.Column('message', LONG_TEXT, nullable=True),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_decisions')),
        **OPTIONS)
    op.create_index(
        op.f('ix_decisions_created_at'), 'decisions',
        ['created_at'])
    op.create_index(
        op.f('ix_decisions_operation_id'), 'decisions',
        ['operation_id'])
    op.create_index(
        op.f('ix_decisions_request_id'), 'decisions',
        ['request_id'])


def create_idempotency_keys():
    """Create idempotency_keys."""
    op.create_table(
        'idempotency_keys',
        sa.Column('project_id', sa.String(length=64), nullable=False),
        sa.Column('user_id', sa.String(length=64), nullable=False),
        sa.Column('key', sa.String(length=64), nullable=False),
        sa.Column('body_hash', sa.String(length=64), nullable=False),
        sa.Column('reservation_id', sa.String(length=255), nullable=False),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.Column('expires_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('project_id', 'user_id', 'key', name=op.f('pk_idempotency_keys')),
        **OPTIONS)
    op.create_index(
        op.f('ix_idempotency_keys_expires_at'), 'idempotency_keys',
        ['expires_at'])


def create_operations():
    """Create operations."""
    op.create_table(
        'operations',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('parent_id', BIG_ID, nullable=True),
        sa.Column('instance_uuid', sa.String(length=36), nullable=True),
        sa.Column('kind', sa.String(length=64), nullable=False),
        sa.Column('state', sa.String(length=32), nullable=False),
        sa.Column('phase', sa.String(length=64), nullable=False),
        sa.Column('host', sa.String(length=255), nullable=True),
        sa.Column('owner', sa.String(length=36), nullable=True),
        sa.Column('lease', sa.Integer(), nullable=False),
        sa.Column('fence', sa.Integer(), nullable=True),
        sa.Column('host_may_hold', sa.Boolean(), nullable=False),
        sa.Column('attempts', sa.Integer(), nullable=False),
        sa.Column('arguments', sa.JSON(), nullable=False),
        sa.Column('superseded_by', BIG_ID, nullable=True),
        sa.Column('message', sa.String(length=255), nullable=True),
        sa.Column('request_id', sa.String(length=255), nullable=False),
        sa.Column('user_id', sa.String(length=255), nullable=True),
        sa.Column('project_id', sa.String(length=255), nullable=True),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.Column('progress_at', MOMENT, nullable=False),
        sa.Column('finished_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_operations')),
        **OPTIONS)
    op.create_index(
        op.f('ix_operations_host_state'), 'operations',
        ['host', 'state'])
    op.create_index(
        op.f('ix_operations_instance_uuid_state'), 'operations',
        ['instance_uuid', 'state'])
    op.create_index(
        op.f('ix_operations_parent_id'), 'operations',
        ['parent_id'])
    op.create_index(
        op.f('ix_operations_request_id'), 'operations',
        ['request_id'])
    op.create_index(
        op.f('ix_operations_state_progress_at'), 'operations',
        ['state', 'progress_at'])


def create_operation_secrets():
    """Create operation_secrets."""
    op.create_table(
        'operation_secrets',
        sa.Column('operation_id', BIG_ID, nullable=False),
        sa.Column('sealed', LONG_TEXT, nullable=False),
        sa.ForeignKeyConstraint(['operation_id'], ['operations.id'],
            name=op.f('fk_operation_secrets_operation_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('operation_id', name=op.f('pk_operation_secrets')),
        **OPTIONS)
