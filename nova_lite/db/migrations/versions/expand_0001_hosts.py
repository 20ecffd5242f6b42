# SPDX-License-Identifier: Apache-2.0
"""The first schema: hosts, services, what nodes have and what is taken of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = 'expand_0001'
down_revision = None
branch_labels = ('expand',)
depends_on = None

MOMENT = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), 'mysql', 'mariadb')
OPTIONS = {'mysql_charset': 'utf8mb4', 'mysql_collate': 'utf8mb4_bin', 'mysql_engine': 'InnoDB'}


def upgrade():
    """Create the tables."""
    create_allocations()
    create_hosts()
    create_services()
    create_compute_nodes()
    create_incarnations()
    create_inventories()


def create_allocations():
    """Create allocations."""
    op.create_table(
        'allocations',
        sa.Column('consumer_uuid', sa.String(length=36), nullable=False),
        sa.Column('resource_class', sa.String(length=64), nullable=False),
        sa.Column('node_id', sa.Integer(), nullable=False),
        sa.Column('amount', sa.Integer(), nullable=False),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('consumer_uuid', 'resource_class', name=op.f('pk_allocations')),
        **OPTIONS)
    op.create_index(
        op.f('ix_allocations_node_id_resource_class'), 'allocations',
        ['node_id', 'resource_class'])


def create_hosts():
    """Create hosts."""
    op.create_table(
        'hosts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=255), nullable=False),
        sa.Column('key_generation', sa.Integer(), nullable=False),
        sa.Column('revoked', sa.Boolean(), nullable=False),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.Column('updated_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_hosts')),
        sa.UniqueConstraint('name', name=op.f('uq_hosts_name')),
        **OPTIONS)


def create_services():
    """Create services."""
    op.create_table(
        'services',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('uuid', sa.String(length=36), nullable=False),
        sa.Column('host', sa.String(length=255), nullable=False),
        sa.Column('binary', sa.String(length=64), nullable=False),
        sa.Column('topic', sa.String(length=64), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('availability_zone', sa.String(length=255), nullable=True),
        sa.Column('disabled', sa.Boolean(), nullable=False),
        sa.Column('disabled_reason', sa.String(length=255), nullable=True),
        sa.Column('forced_down', sa.Boolean(), nullable=False),
        sa.Column('report_count', sa.Integer(), nullable=False),
        sa.Column('last_seen_at', MOMENT, nullable=True),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.Column('updated_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_services')),
        sa.UniqueConstraint('host', 'binary', name=op.f('uq_services_host_binary')),
        sa.UniqueConstraint('uuid', name=op.f('uq_services_uuid')),
        **OPTIONS)
    op.create_index(
        op.f('ix_services_last_seen_at'), 'services',
        ['last_seen_at'])


def create_compute_nodes():
    """Create compute_nodes."""
    op.create_table(
        'compute_nodes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('uuid', sa.String(length=36), nullable=False),
        sa.Column('service_id', sa.Integer(), nullable=False),
        sa.Column('host', sa.String(length=255), nullable=False),
        sa.Column('hypervisor_hostname', sa.String(length=255), nullable=False),
        sa.Column('hypervisor_type', sa.String(length=64), nullable=False),
        sa.Column('hypervisor_version', sa.Integer(), nullable=False),
        sa.Column('cpu_arch', sa.String(length=32), nullable=True),
        sa.Column('cpu_info', sa.JSON(), nullable=True),
        sa.Column('supported_instances', sa.JSON(), nullable=True),
        sa.Column('host_ip', sa.String(length=39), nullable=True),
        sa.Column('vcpus', sa.Integer(), nullable=False),
        sa.Column('memory_mb', sa.Integer(), nullable=False),
        sa.Column('local_gb', sa.Integer(), nullable=False),
        sa.Column('disk_available_least', sa.Integer(), nullable=True),
        sa.Column('failed_builds', sa.Integer(), nullable=False),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.Column('updated_at', MOMENT, nullable=True),
        sa.ForeignKeyConstraint(['service_id'], ['services.id'],
            name=op.f('fk_compute_nodes_service_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_compute_nodes')),
        sa.UniqueConstraint('host', 'hypervisor_hostname',
            name=op.f('uq_compute_nodes_host_hypervisor_hostname')),
        sa.UniqueConstraint('uuid', name=op.f('uq_compute_nodes_uuid')),
        **OPTIONS)
    op.create_index(
        op.f('ix_compute_nodes_service_id'), 'compute_nodes',
        ['service_id'])


def create_incarnations():
    """Create incarnations."""
    op.create_table(
        'incarnations',
        sa.Column('id', sa.String(length=36), nullable=False),
        sa.Column('service_id', sa.Integer(), nullable=False),
        sa.Column('worker', sa.Integer(), nullable=False),
        sa.Column('started_at', MOMENT, nullable=False),
        sa.Column('last_seen_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['service_id'], ['services.id'],
            name=op.f('fk_incarnations_service_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_incarnations')),
        sa.UniqueConstraint('service_id', 'worker',
            name=op.f('uq_incarnations_service_id_worker')),
        **OPTIONS)
    op.create_index(
        op.f('ix_incarnations_last_seen_at'), 'incarnations',
        ['last_seen_at'])


def create_inventories():
    """Create inventories."""
    op.create_table(
        'inventories',
        sa.Column('node_id', sa.Integer(), nullable=False),
        sa.Column('resource_class', sa.String(length=64), nullable=False),
        sa.Column('total', sa.Integer(), nullable=False),
        sa.Column('reserved', sa.Integer(), nullable=False),
        sa.Column('allocation_ratio', sa.Double(), nullable=False),
        sa.Column('capacity', sa.Integer(), nullable=False),
        sa.Column('used', sa.Integer(), nullable=False),
        sa.Column('free', sa.Integer(), sa.Computed('capacity - used', persisted=True), nullable=True),
        sa.Column('updated_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['node_id'], ['compute_nodes.id'],
            name=op.f('fk_inventories_node_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('node_id', 'resource_class', name=op.f('pk_inventories')),
        **OPTIONS)
    op.create_index(
        op.f('ix_inventories_resource_class_free'), 'inventories',
        ['resource_class', 'free'])
