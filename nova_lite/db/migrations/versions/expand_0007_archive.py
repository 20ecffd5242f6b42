# SPDX-License-Identifier: Apache-2.0
"""The archive of deleted servers and of what belonged to them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = 'expand_0007'
down_revision = 'expand_0006'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), 'mysql', 'mariadb')
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
LONG_TEXT = sa.Text().with_variant(mysql.MEDIUMTEXT(), 'mysql', 'mariadb')
OPTIONS = {'mysql_charset': 'utf8mb4', 'mysql_collate': 'utf8mb4_bin', 'mysql_engine': 'InnoDB'}


def upgrade():
    """Create the tables."""
    create_shadow_decisions()
    create_shadow_instance_action_events()
    create_shadow_instance_actions()
    create_shadow_instance_faults()
    create_shadow_instance_metadata()
    create_shadow_instance_passwords()
    create_shadow_instance_tags()
    create_shadow_instances()
    create_shadow_operations()
    create_shadow_server_group_members()
    create_shadow_task_log()


def create_shadow_decisions():
    """Create shadow_decisions."""
    op.create_table(
        'shadow_decisions',
        sa.Column('archive_id', BIG_ID, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=False),
        sa.Column('id', BIG_ID, nullable=True),
        sa.Column('operation_id', BIG_ID, nullable=True),
        sa.Column('request_id', sa.String(length=255), nullable=True),
        sa.Column('project_id', sa.String(length=255), nullable=True),
        sa.Column('request', sa.JSON(), nullable=True),
        sa.Column('considered', sa.Integer(), nullable=True),
        sa.Column('causes', sa.JSON(), nullable=True),
        sa.Column('selections', sa.JSON(), nullable=True),
        sa.Column('message', LONG_TEXT, nullable=True),
        sa.Column('created_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('archive_id', name=op.f('pk_shadow_decisions')),
        **OPTIONS)
    op.create_index(
        op.f('ix_shadow_decisions_ended_at'), 'shadow_decisions',
        ['ended_at'])
    op.create_index(
        op.f('ix_shadow_decisions_operation_id'), 'shadow_decisions',
        ['operation_id'])


def create_shadow_instance_action_events():
    """Create shadow_instance_action_events."""
    op.create_table(
        'shadow_instance_action_events',
        sa.Column('archive_id', BIG_ID, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=False),
        sa.Column('id', BIG_ID, nullable=True),
        sa.Column('action_id', BIG_ID, nullable=True),
        sa.Column('event', sa.String(length=255), nullable=True),
        sa.Column('host', sa.String(length=255), nullable=True),
        sa.Column('start_time', MOMENT, nullable=True),
        sa.Column('finish_time', MOMENT, nullable=True),
        sa.Column('result', sa.String(length=255), nullable=True),
        sa.Column('details', sa.String(length=255), nullable=True),
        sa.Column('traceback', LONG_TEXT, nullable=True),
        sa.PrimaryKeyConstraint('archive_id', name=op.f('pk_shadow_instance_action_events')),
        **OPTIONS)
    op.create_index(
        op.f('ix_shadow_instance_action_events_ended_at'), 'shadow_instance_action_events',
        ['ended_at'])


def create_shadow_instance_actions():
    """Create shadow_instance_actions."""
    op.create_table(
        'shadow_instance_actions',
        sa.Column('archive_id', BIG_ID, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=False),
        sa.Column('id', BIG_ID, nullable=True),
        sa.Column('instance_uuid', sa.String(length=36), nullable=True),
        sa.Column('operation_id', BIG_ID, nullable=True),
        sa.Column('action', sa.String(length=255), nullable=True),
        sa.Column('request_id', sa.String(length=255), nullable=True),
        sa.Column('user_id', sa.String(length=255), nullable=True),
        sa.Column('project_id', sa.String(length=255), nullable=True),
        sa.Column('message', sa.String(length=255), nullable=True),
        sa.Column('start_time', MOMENT, nullable=True),
        sa.Column('finish_time', MOMENT, nullable=True),
        sa.Column('created_at', MOMENT, nullable=True),
        sa.Column('updated_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('archive_id', name=op.f('pk_shadow_instance_actions')),
        **OPTIONS)
    op.create_index(
        op.f('ix_shadow_instance_actions_ended_at'), 'shadow_instance_actions',
        ['ended_at'])
    op.create_index(
        op.f('ix_shadow_instance_actions_instance_uuid'), 'shadow_instance_actions',
        ['instance_uuid'])
    op.create_index(
        op.f('ix_shadow_instance_actions_operation_id'), 'shadow_instance_actions',
        ['operation_id'])


def create_shadow_instance_faults():
    """Create shadow_instance_faults."""
    op.create_table(
        'shadow_instance_faults',
        sa.Column('archive_id', BIG_ID, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=False),
        sa.Column('id', BIG_ID, nullable=True),
        sa.Column('instance_uuid', sa.String(length=36), nullable=True),
        sa.Column('code', sa.Integer(), nullable=True),
        sa.Column('message', sa.String(length=255), nullable=True),
        sa.Column('details', LONG_TEXT, nullable=True),
        sa.Column('host', sa.String(length=255), nullable=True),
        sa.Column('created_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('archive_id', name=op.f('pk_shadow_instance_faults')),
        **OPTIONS)
    op.create_index(
        op.f('ix_shadow_instance_faults_ended_at'), 'shadow_instance_faults',
        ['ended_at'])
    op.create_index(
        op.f('ix_shadow_instance_faults_instance_uuid'), 'shadow_instance_faults',
        ['instance_uuid'])


def create_shadow_instance_metadata():
    """Create shadow_instance_metadata."""
    op.create_table(
        'shadow_instance_metadata',
        sa.Column('archive_id', BIG_ID, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=False),
        sa.Column('instance_uuid', sa.String(length=36), nullable=True),
        sa.Column('key', sa.String(length=255), nullable=True),
        sa.Column('value', sa.String(length=255), nullable=True),
        sa.PrimaryKeyConstraint('archive_id', name=op.f('pk_shadow_instance_metadata')),
        **OPTIONS)
    op.create_index(
        op.f('ix_shadow_instance_metadata_ended_at'), 'shadow_instance_metadata',
        ['ended_at'])
    op.create_index(
        op.f('ix_shadow_instance_metadata_instance_uuid'), 'shadow_instance_metadata',
        ['instance_uuid'])


def create_shadow_instance_passwords():
    """Create shadow_instance_passwords."""
    op.create_table(
        'shadow_instance_passwords',
        sa.Column('archive_id', BIG_ID, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=False),
        sa.Column('instance_uuid', sa.String(length=36), nullable=True),
        sa.Column('password', sa.String(length=1020), nullable=True),
        sa.Column('created_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('archive_id', name=op.f('pk_shadow_instance_passwords')),
        **OPTIONS)
    op.create_index(
        op.f('ix_shadow_instance_passwords_ended_at'), 'shadow_instance_passwords',
        ['ended_at'])
    op.create_index(
        op.f('ix_shadow_instance_passwords_instance_uuid'), 'shadow_instance_passwords',
        ['instance_uuid'])


def create_shadow_instance_tags():
    """Create shadow_instance_tags."""
    op.create_table(
        'shadow_instance_tags',
        sa.Column('archive_id', BIG_ID, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=False),
        sa.Column('instance_uuid', sa.String(length=36), nullable=True),
        sa.Column('tag', sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint('archive_id', name=op.f('pk_shadow_instance_tags')),
        **OPTIONS)
    op.create_index(
        op.f('ix_shadow_instance_tags_ended_at'), 'shadow_instance_tags',
        ['ended_at'])
    op.create_index(
        op.f('ix_shadow_instance_tags_instance_uuid'), 'shadow_instance_tags',
        ['instance_uuid'])


def create_shadow_instances():
    """Create shadow_instances."""
    op.create_table(
        'shadow_instances',
        sa.Column('archive_id', BIG_ID, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=False),
        sa.Column('id', BIG_ID, nullable=True),
        sa.Column('uuid', sa.String(length=36), nullable=True),
        sa.Column('project_id', sa.String(length=255), nullable=True),
        sa.Column('user_id', sa.String(length=255), nullable=True),
        sa.Column('reservation_id', sa.String(length=255), nullable=True),
        sa.Column('launch_index', sa.Integer(), nullable=True),
        sa.Column('display_name', sa.String(length=255), nullable=True),
        sa.Column('display_description', sa.String(length=255), nullable=True),
        sa.Column('hostname', sa.String(length=255), nullable=True),
        sa.Column('host', sa.String(length=255), nullable=True),
        sa.Column('node', sa.String(length=255), nullable=True),
        sa.Column('launched_on', sa.String(length=255), nullable=True),
        sa.Column('availability_zone', sa.String(length=255), nullable=True),
        sa.Column('requested_zone', sa.String(length=255), nullable=True),
        sa.Column('vm_state', sa.String(length=32), nullable=True),
        sa.Column('task_state', sa.String(length=64), nullable=True),
        sa.Column('power_state', sa.Integer(), nullable=True),
        sa.Column('progress', sa.Integer(), nullable=True),
        sa.Column('fence', sa.Integer(), nullable=True),
        sa.Column('flavor_id', sa.String(length=255), nullable=True),
        sa.Column('flavor', sa.JSON(), nullable=True),
        sa.Column('vcpus', sa.Integer(), nullable=True),
        sa.Column('memory_mb', sa.Integer(), nullable=True),
        sa.Column('root_gb', sa.Integer(), nullable=True),
        sa.Column('ephemeral_gb', sa.Integer(), nullable=True),
        sa.Column('image_ref', sa.String(length=255), nullable=True),
        sa.Column('image_meta', sa.JSON(), nullable=True),
        sa.Column('kernel_id', sa.String(length=255), nullable=True),
        sa.Column('ramdisk_id', sa.String(length=255), nullable=True),
        sa.Column('key_name', sa.String(length=255), nullable=True),
        sa.Column('key_data', LONG_TEXT, nullable=True),
        sa.Column('user_data', LONG_TEXT, nullable=True),
        sa.Column('config_drive', sa.Boolean(), nullable=True),
        sa.Column('auto_disk_config', sa.Boolean(), nullable=True),
        sa.Column('access_ip_v4', sa.String(length=39), nullable=True),
        sa.Column('access_ip_v6', sa.String(length=39), nullable=True),
        sa.Column('root_device_name', sa.String(length=255), nullable=True),
        sa.Column('network_info', sa.JSON(), nullable=True),
        sa.Column('scheduler_hints', sa.JSON(), nullable=True),
        sa.Column('trusted_certs', sa.JSON(), nullable=True),
        sa.Column('locked', sa.Boolean(), nullable=True),
        sa.Column('locked_by', sa.String(length=16), nullable=True),
        sa.Column('locked_reason', sa.String(length=255), nullable=True),
        sa.Column('launched_at', MOMENT, nullable=True),
        sa.Column('terminated_at', MOMENT, nullable=True),
        sa.Column('created_at', MOMENT, nullable=True),
        sa.Column('updated_at', MOMENT, nullable=True),
        sa.Column('deleted_at', MOMENT, nullable=True),
        sa.Column('deleted', sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint('archive_id', name=op.f('pk_shadow_instances')),
        **OPTIONS)
    op.create_index(
        op.f('ix_shadow_instances_ended_at'), 'shadow_instances',
        ['ended_at'])
    op.create_index(
        op.f('ix_shadow_instances_uuid'), 'shadow_instances',
        ['uuid'])


def create_shadow_operations():
    """Create shadow_operations."""
    op.create_table(
        'shadow_operations',
        sa.Column('archive_id', BIG_ID, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=False),
        sa.Column('id', BIG_ID, nullable=True),
        sa.Column('parent_id', BIG_ID, nullable=True),
        sa.Column('instance_uuid', sa.String(length=36), nullable=True),
        sa.Column('kind', sa.String(length=64), nullable=True),
        sa.Column('state', sa.String(length=32), nullable=True),
        sa.Column('phase', sa.String(length=64), nullable=True),
        sa.Column('host', sa.String(length=255), nullable=True),
        sa.Column('owner', sa.String(length=36), nullable=True),
        sa.Column('lease', sa.Integer(), nullable=True),
        sa.Column('fence', sa.Integer(), nullable=True),
        sa.Column('host_may_hold', sa.Boolean(), nullable=True),
        sa.Column('attempts', sa.Integer(), nullable=True),
        sa.Column('arguments', sa.JSON(), nullable=True),
        sa.Column('superseded_by', BIG_ID, nullable=True),
        sa.Column('message', sa.String(length=255), nullable=True),
        sa.Column('request_id', sa.String(length=255), nullable=True),
        sa.Column('user_id', sa.String(length=255), nullable=True),
        sa.Column('project_id', sa.String(length=255), nullable=True),
        sa.Column('created_at', MOMENT, nullable=True),
        sa.Column('progress_at', MOMENT, nullable=True),
        sa.Column('finished_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('archive_id', name=op.f('pk_shadow_operations')),
        **OPTIONS)
    op.create_index(
        op.f('ix_shadow_operations_ended_at'), 'shadow_operations',
        ['ended_at'])
    op.create_index(
        op.f('ix_shadow_operations_instance_uuid'), 'shadow_operations',
        ['instance_uuid'])


def create_shadow_server_group_members():
    """Create shadow_server_group_members."""
    op.create_table(
        'shadow_server_group_members',
        sa.Column('archive_id', BIG_ID, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=False),
        sa.Column('group_id', sa.Integer(), nullable=True),
        sa.Column('instance_uuid', sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint('archive_id', name=op.f('pk_shadow_server_group_members')),
        **OPTIONS)
    op.create_index(
        op.f('ix_shadow_server_group_members_ended_at'), 'shadow_server_group_members',
        ['ended_at'])
    op.create_index(
        op.f('ix_shadow_server_group_members_instance_uuid'), 'shadow_server_group_members',
        ['instance_uuid'])


def create_shadow_task_log():
    """Create shadow_task_log."""
    op.create_table(
        'shadow_task_log',
        sa.Column('archive_id', BIG_ID, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=False),
        sa.Column('id', sa.Integer(), nullable=True),
        sa.Column('task_name', sa.String(length=64), nullable=True),
        sa.Column('host', sa.String(length=255), nullable=True),
        sa.Column('period_beginning', MOMENT, nullable=True),
        sa.Column('period_ending', MOMENT, nullable=True),
        sa.Column('state', sa.String(length=16), nullable=True),
        sa.Column('message', sa.String(length=255), nullable=True),
        sa.Column('task_items', sa.Integer(), nullable=True),
        sa.Column('errors', sa.Integer(), nullable=True),
        sa.Column('created_at', MOMENT, nullable=True),
        sa.Column('updated_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('archive_id', name=op.f('pk_shadow_task_log')),
        **OPTIONS)
    op.create_index(
        op.f('ix_shadow_task_log_ended_at'), 'shadow_task_log',
        ['ended_at'])
