# SPDX-License-Identifier: Apache-2.0
"""Aggregates, server groups, quotas, access to flavors, traits, the log of periodic tasks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = 'expand_0006'
down_revision = 'expand_0005'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), 'mysql', 'mariadb')
OPTIONS = {'mysql_charset': 'utf8mb4', 'mysql_collate': 'utf8mb4_bin', 'mysql_engine': 'InnoDB'}


def upgrade():
    """Create the tables."""
    create_aggregates()
    create_project_user_quotas()
    create_quota_classes()
    create_quota_projects()
    create_quotas()
    create_server_groups()
    create_task_log()
    create_aggregate_hosts()
    create_aggregate_metadata()
    create_flavor_projects()
    create_server_group_members()
    create_node_traits()
    op.create_index(
        'ix_instances_quota', 'instances',
        ['project_id', 'deleted', 'user_id', 'vcpus', 'memory_mb'])


def create_aggregates():
    """Create aggregates."""
    op.create_table(
        'aggregates',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('uuid', sa.String(length=36), nullable=False),
        sa.Column('name', sa.String(length=255), nullable=False),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.Column('updated_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_aggregates')),
        sa.UniqueConstraint('name', name=op.f('uq_aggregates_name')),
        sa.UniqueConstraint('uuid', name=op.f('uq_aggregates_uuid')),
        **OPTIONS)


def create_project_user_quotas():
    """Create project_user_quotas."""
    op.create_table(
        'project_user_quotas',
        sa.Column('project_id', sa.String(length=255), nullable=False),
        sa.Column('user_id', sa.String(length=255), nullable=False),
        sa.Column('resource', sa.String(length=64), nullable=False),
        sa.Column('hard_limit', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('project_id', 'user_id', 'resource',
            name=op.f('pk_project_user_quotas')),
        **OPTIONS)


def create_quota_classes():
    """Create quota_classes."""
    op.create_table(
        'quota_classes',
        sa.Column('class_name', sa.String(length=255), nullable=False),
        sa.Column('resource', sa.String(length=64), nullable=False),
        sa.Column('hard_limit', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('class_name', 'resource', name=op.f('pk_quota_classes')),
        **OPTIONS)


def create_quota_projects():
    """Create quota_projects."""
    op.create_table(
        'quota_projects',
        sa.Column('project_id', sa.String(length=255), nullable=False),
        sa.Column('checks', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('project_id', name=op.f('pk_quota_projects')),
        **OPTIONS)


def create_quotas():
    """Create quotas."""
    op.create_table(
        'quotas',
        sa.Column('project_id', sa.String(length=255), nullable=False),
        sa.Column('resource', sa.String(length=64), nullable=False),
        sa.Column('hard_limit', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('project_id', 'resource', name=op.f('pk_quotas')),
        **OPTIONS)


def create_server_groups():
    """Create server_groups."""
    op.create_table(
        'server_groups',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('uuid', sa.String(length=36), nullable=False),
        sa.Column('project_id', sa.String(length=255), nullable=False),
        sa.Column('user_id', sa.String(length=255), nullable=False),
        sa.Column('name', sa.String(length=255), nullable=False),
        sa.Column('policy', sa.String(length=32), nullable=False),
        sa.Column('rules', sa.JSON(), nullable=False),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.Column('updated_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_server_groups')),
        sa.UniqueConstraint('uuid', name=op.f('uq_server_groups_uuid')),
        **OPTIONS)
    op.create_index(
        op.f('ix_server_groups_project_id'), 'server_groups',
        ['project_id'])


def create_task_log():
    """Create task_log."""
    op.create_table(
        'task_log',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('task_name', sa.String(length=64), nullable=False),
        sa.Column('host', sa.String(length=255), nullable=False),
        sa.Column('period_beginning', MOMENT, nullable=False),
        sa.Column('period_ending', MOMENT, nullable=False),
        sa.Column('state', sa.String(length=16), nullable=False),
        sa.Column('message', sa.String(length=255), nullable=False),
        sa.Column('task_items', sa.Integer(), nullable=False),
        sa.Column('errors', sa.Integer(), nullable=False),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.Column('updated_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_task_log')),
        sa.UniqueConstraint('task_name', 'host', 'period_beginning', 'period_ending',
            name=op.f('uq_task_log_task_name_host_period_beginning_period_ending')),
        **OPTIONS)
    op.create_index(
        op.f('ix_task_log_period_beginning'), 'task_log',
        ['period_beginning'])


def create_aggregate_hosts():
    """Create aggregate_hosts."""
    op.create_table(
        'aggregate_hosts',
        sa.Column('aggregate_id', sa.Integer(), nullable=False),
        sa.Column('host', sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(['aggregate_id'], ['aggregates.id'],
            name=op.f('fk_aggregate_hosts_aggregate_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('aggregate_id', 'host', name=op.f('pk_aggregate_hosts')),
        **OPTIONS)
    op.create_index(
        op.f('ix_aggregate_hosts_host'), 'aggregate_hosts',
        ['host'])


def create_aggregate_metadata():
    """Create aggregate_metadata."""
    op.create_table(
        'aggregate_metadata',
        sa.Column('aggregate_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=255), nullable=False),
        sa.Column('value', sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(['aggregate_id'], ['aggregates.id'],
            name=op.f('fk_aggregate_metadata_aggregate_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('aggregate_id', 'key', name=op.f('pk_aggregate_metadata')),
        **OPTIONS)
    op.create_index(
        op.f('ix_aggregate_metadata_key'), 'aggregate_metadata',
        ['key'])


def create_flavor_projects():
    """Create flavor_projects."""
    op.create_table(
        'flavor_projects',
        sa.Column('flavor_id', sa.Integer(), nullable=False),
        sa.Column('project_id', sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(['flavor_id'], ['flavors.id'],
            name=op.f('fk_flavor_projects_flavor_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('flavor_id', 'project_id', name=op.f('pk_flavor_projects')),
        **OPTIONS)
    op.create_index(
        op.f('ix_flavor_projects_project_id'), 'flavor_projects',
        ['project_id'])


def create_server_group_members():
    """Create server_group_members."""
    op.create_table(
        'server_group_members',
        sa.Column('group_id', sa.Integer(), nullable=False),
        sa.Column('instance_uuid', sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(['group_id'], ['server_groups.id'],
            name=op.f('fk_server_group_members_group_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['instance_uuid'], ['instances.uuid'],
            name=op.f('fk_server_group_members_instance_uuid'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('group_id', 'instance_uuid', name=op.f('pk_server_group_members')),
        **OPTIONS)
    op.create_index(
        op.f('ix_server_group_members_instance_uuid'), 'server_group_members',
        ['instance_uuid'])


def create_node_traits():
    """Create node_traits."""
    op.create_table(
        'node_traits',
        sa.Column('node_id', sa.Integer(), nullable=False),
        sa.Column('trait', sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(['node_id'], ['compute_nodes.id'],
            name=op.f('fk_node_traits_node_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('node_id', 'trait', name=op.f('pk_node_traits')),
        **OPTIONS)
    op.create_index(
        op.f('ix_node_traits_trait'), 'node_traits',
        ['trait'])
