# SPDX-License-Identifier: Apache-2.0
"""The first schema: servers and what is recorded of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = 'expand_0004'
down_revision = 'expand_0003'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), 'mysql', 'mariadb')
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
LONG_TEXT = sa.Text().with_variant(mysql.MEDIUMTEXT(), 'mysql', 'mariadb')
OPTIONS = {'mysql_charset': 'utf8mb4', 'mysql_collate': 'utf8mb4_bin', 'mysql_engine': 'InnoDB'}


def upgrade():
    """Create the tables."""
    create_instance_actions()
    create_instances()
    create_instance_action_events()
    create_instance_faults()
    create_instance_metadata()
    create_instance_passwords()
    create_instance_tags()


def create_instance_actions():
    """Create instance_actions."""
    op.create_table(
        'instance_actions',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('instance_uuid', sa.String(length=36), nullable=False),
        sa.Column('operation_id', BIG_ID, nullable=True),
        sa.Column('action', sa.String(length=255), nullable=False),
        sa.Column('request_id', sa.String(length=255), nullable=False),
        sa.Column('user_id', sa.String(length=255), nullable=True),
        sa.Column('project_id', sa.String(length=255), nullable=True),
        sa.Column('message', sa.String(length=255), nullable=True),
        sa.Column('start_time', MOMENT, nullable=False),
        sa.Column('finish_time', MOMENT, nullable=True),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.Column('updated_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_instance_actions')),
        **OPTIONS)
    op.create_index(
        op.f('ix_instance_actions_instance_uuid_updated_at'), 'instance_actions',
        ['instance_uuid', 'updated_at'])
    op.create_index(
        op.f('ix_instance_actions_operation_id'), 'instance_actions',
        ['operation_id'])
    op.create_index(
        op.f('ix_instance_actions_request_id'), 'instance_actions',
        ['request_id'])


def create_instances():
    """Create instances."""
    op.create_table(
        'instances',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('uuid', sa.String(length=36), nullable=False),
        sa.Column('project_id', sa.String(length=255), nullable=False),
        sa.Column('user_id', sa.String(length=255), nullable=False),
        sa.Column('reservation_id', sa.String(length=255), nullable=True),
        sa.Column('launch_index', sa.Integer(), nullable=False),
        sa.Column('display_name', sa.String(length=255), nullable=False),
        sa.Column('display_description', sa.String(length=255), nullable=True),
        sa.Column('hostname', sa.String(length=255), nullable=True),
        sa.Column('host', sa.String(length=255), nullable=True),
        sa.Column('node', sa.String(length=255), nullable=True),
        sa.Column('launched_on', sa.String(length=255), nullable=True),
        sa.Column('availability_zone', sa.String(length=255), nullable=True),
        sa.Column('requested_zone', sa.String(length=255), nullable=True),
        sa.Column('vm_state', sa.String(length=32), nullable=False),
        sa.Column('task_state', sa.String(length=64), nullable=True),
        sa.Column('power_state', sa.Integer(), nullable=False),
        sa.Column('progress', sa.Integer(), nullable=False),
        sa.Column('fence', sa.Integer(), nullable=False),
        sa.Column('flavor_id', sa.String(length=255), nullable=False),
        sa.Column('flavor', sa.JSON(), nullable=False),
        sa.Column('vcpus', sa.Integer(), nullable=False),
        sa.Column('memory_mb', sa.Integer(), nullable=False),
        sa.Column('root_gb', sa.Integer(), nullable=False),
        sa.Column('ephemeral_gb', sa.Integer(), nullable=False),
        sa.Column('image_ref', sa.String(length=255), nullable=True),
        sa.Column('image_meta', sa.JSON(), nullable=True),
        sa.Column('kernel_id', sa.String(length=255), nullable=True),
        sa.Column('ramdisk_id', sa.String(length=255), nullable=True),
        sa.Column('key_name', sa.String(length=255), nullable=True),
        sa.Column('key_data', LONG_TEXT, nullable=True),
        sa.Column('user_data', LONG_TEXT, nullable=True),
        sa.Column('config_drive', sa.Boolean(), nullable=False),
        sa.Column('auto_disk_config', sa.Boolean(), nullable=False),
        sa.Column('access_ip_v4', sa.String(length=39), nullable=True),
        sa.Column('access_ip_v6', sa.String(length=39), nullable=True),
        sa.Column('root_device_name', sa.String(length=255), nullable=True),
        sa.Column('network_info', sa.JSON(), nullable=False),
        sa.Column('scheduler_hints', sa.JSON(), nullable=True),
        sa.Column('trusted_certs', sa.JSON(), nullable=True),
        sa.Column('locked', sa.Boolean(), nullable=False),
        sa.Column('locked_by', sa.String(length=16), nullable=True),
        sa.Column('locked_reason', sa.String(length=255), nullable=True),
        sa.Column('launched_at', MOMENT, nullable=True),
        sa.Column('terminated_at', MOMENT, nullable=True),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.Column('updated_at', MOMENT, nullable=True),
        sa.Column('deleted_at', MOMENT, nullable=True),
        sa.Column('deleted', sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_instances')),
        sa.UniqueConstraint('uuid', name=op.f('uq_instances_uuid')),
        **OPTIONS)
    op.create_index(
        op.f('ix_instances_deleted_created_at_id'), 'instances',
        ['deleted', 'created_at', 'id'])
    op.create_index(
        op.f('ix_instances_flavor_id'), 'instances',
        ['flavor_id'])
    op.create_index(
        op.f('ix_instances_host_node_deleted'), 'instances',
        ['host', 'node', 'deleted'])
    op.create_index(
        op.f('ix_instances_image_ref'), 'instances',
        ['image_ref'])
    op.create_index(
        op.f('ix_instances_project_id_deleted_created_at_id'), 'instances',
        ['project_id', 'deleted', 'created_at', 'id'])
    op.create_index(
        op.f('ix_instances_reservation_id'), 'instances',
        ['reservation_id'])
    op.create_index(
        op.f('ix_instances_updated_at'), 'instances',
        ['updated_at'])


def create_instance_action_events():
    """Create instance_action_events."""
    op.create_table(
        'instance_action_events',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('action_id', BIG_ID, nullable=False),
        sa.Column('event', sa.String(length=255), nullable=False),
        sa.Column('host', sa.String(length=255), nullable=True),
        sa.Column('start_time', MOMENT, nullable=False),
        sa.Column('finish_time', MOMENT, nullable=True),
        sa.Column('result', sa.String(length=255), nullable=True),
        sa.Column('details', sa.String(length=255), nullable=True),
        sa.Column('traceback', LONG_TEXT, nullable=True),
        sa.ForeignKeyConstraint(['action_id'], ['instance_actions.id'],
            name=op.f('fk_instance_action_events_action_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_instance_action_events')),
        **OPTIONS)
    op.create_index(
        op.f('ix_instance_action_events_action_id'), 'instance_action_events',
        ['action_id'])


def create_instance_faults():
    """Create instance_faults."""
    op.create_table(
        'instance_faults',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('instance_uuid', sa.String(length=36), nullable=False),
        sa.Column('code', sa.Integer(), nullable=False),
        sa.Column('message', sa.String(length=255), nullable=False),
        sa.Column('details', LONG_TEXT, nullable=True),
        sa.Column('host', sa.String(length=255), nullable=True),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['instance_uuid'], ['instances.uuid'],
            name=op.f('fk_instance_faults_instance_uuid'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_instance_faults')),
        **OPTIONS)
    op.create_index(
        op.f('ix_instance_faults_instance_uuid'), 'instance_faults',
        ['instance_uuid'])


def create_instance_metadata():
    """Create instance_metadata."""
    op.create_table(
        'instance_metadata',
        sa.Column('instance_uuid', sa.String(length=36), nullable=False),
        sa.Column('key', sa.String(length=255), nullable=False),
        sa.Column('value', sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(['instance_uuid'], ['instances.uuid'],
            name=op.f('fk_instance_metadata_instance_uuid'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('instance_uuid', 'key', name=op.f('pk_instance_metadata')),
        **OPTIONS)


def create_instance_passwords():
    """Create instance_passwords."""
    op.create_table(
        'instance_passwords',
        sa.Column('instance_uuid', sa.String(length=36), nullable=False),
        sa.Column('password', sa.String(length=1020), nullable=False),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['instance_uuid'], ['instances.uuid'],
            name=op.f('fk_instance_passwords_instance_uuid'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('instance_uuid', name=op.f('pk_instance_passwords')),
        **OPTIONS)


def create_instance_tags():
    """Create instance_tags."""
    op.create_table(
        'instance_tags',
        sa.Column('instance_uuid', sa.String(length=36), nullable=False),
        sa.Column('tag', sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(['instance_uuid'], ['instances.uuid'],
            name=op.f('fk_instance_tags_instance_uuid'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('instance_uuid', 'tag', name=op.f('pk_instance_tags')),
        **OPTIONS)
    op.create_index(
        op.f('ix_instance_tags_tag'), 'instance_tags',
        ['tag'])
