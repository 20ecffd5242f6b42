# SPDX-License-Identifier: Apache-2.0
"""Moves of servers between hosts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = 'expand_0011'
down_revision = 'expand_0010'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), 'mysql', 'mariadb')
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
OPTIONS = {'mysql_charset': 'utf8mb4', 'mysql_collate': 'utf8mb4_bin', 'mysql_engine': 'InnoDB'}

INDEXES = (('created_at', 'id'), ('project_id', 'created_at', 'id'),
           ('instance_uuid', 'created_at', 'id'), ('updated_at',))


def upgrade():
    """Create the table and its twin of the archive."""
    op.create_table(
        'migrations',
        sa.Column('id', BIG_ID, nullable=False),
        *_columns(is_live=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_migrations')),
        sa.UniqueConstraint('uuid', name=op.f('uq_migrations_uuid')),
        **OPTIONS)
    for columns in INDEXES:
        op.create_index(op.f(f'ix_migrations_{"_".join(columns)}'), 'migrations', list(columns))
    op.create_table(
        'shadow_migrations',
        sa.Column('archive_id', BIG_ID, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=False),
        sa.Column('id', BIG_ID, nullable=True),
        *_columns(is_live=False),
        sa.PrimaryKeyConstraint('archive_id', name=op.f('pk_shadow_migrations')),
        **OPTIONS)
    for name in ('ended_at', 'uuid', 'instance_uuid'):
        op.create_index(op.f(f'ix_shadow_migrations_{name}'), 'shadow_migrations', [name])


def _columns(*, is_live):
    """Answer what both tables have; the twin requires nothing."""
    kinds = {
        'uuid': sa.String(36), 'instance_uuid': sa.String(36), 'project_id': sa.String(255),
        'user_id': sa.String(255), 'migration_type': sa.String(32), 'status': sa.String(32),
        'source_compute': sa.String(255), 'source_node': sa.String(255),
        'dest_compute': sa.String(255), 'dest_node': sa.String(255),
        'dest_host': sa.String(255), 'old_instance_type_id': sa.Integer(),
        'new_instance_type_id': sa.Integer(), 'hidden': sa.Boolean(), 'created_at': MOMENT,
        'updated_at': MOMENT}
    required = {'uuid', 'instance_uuid', 'project_id', 'user_id', 'migration_type', 'status',
                'hidden', 'created_at'}
    return [sa.Column(name, kind, nullable=not (is_live and name in required))
            for name, kind in kinds.items()]
