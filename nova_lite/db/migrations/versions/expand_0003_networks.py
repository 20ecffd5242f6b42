# SPDX-License-Identifier: Apache-2.0
"""The first schema: networks, NICs and addresses."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = 'expand_0003'
down_revision = 'expand_0002'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), 'mysql', 'mariadb')
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
OPTIONS = {'mysql_charset': 'utf8mb4', 'mysql_collate': 'utf8mb4_bin', 'mysql_engine': 'InnoDB'}


def upgrade():
    """Create the tables."""
    create_networks()
    create_fixed_ips()
    create_virtual_interfaces()


def create_networks():
    """Create networks."""
    op.create_table(
        'networks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('uuid', sa.String(length=36), nullable=False),
        sa.Column('label', sa.String(length=255), nullable=False),
        sa.Column('cidr', sa.String(length=43), nullable=False),
        sa.Column('gateway', sa.String(length=39), nullable=False),
        sa.Column('dhcp_server', sa.String(length=39), nullable=False),
        sa.Column('dns1', sa.String(length=39), nullable=True),
        sa.Column('dns2', sa.String(length=39), nullable=True),
        sa.Column('bridge', sa.String(length=15), nullable=False),
        sa.Column('bridge_interface', sa.String(length=15), nullable=True),
        sa.Column('mtu', sa.Integer(), nullable=False),
        sa.Column('project_id', sa.String(length=255), nullable=True),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_networks')),
        sa.UniqueConstraint('bridge', name=op.f('uq_networks_bridge')),
        sa.UniqueConstraint('label', name=op.f('uq_networks_label')),
        sa.UniqueConstraint('uuid', name=op.f('uq_networks_uuid')),
        **OPTIONS)
    op.create_index(
        op.f('ix_networks_project_id'), 'networks',
        ['project_id'])


def create_fixed_ips():
    """Create fixed_ips."""
    op.create_table(
        'fixed_ips',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('network_id', sa.Integer(), nullable=False),
        sa.Column('address', sa.String(length=39), nullable=False),
        sa.Column('lot', sa.Integer(), nullable=False),
        sa.Column('reserved', sa.Boolean(), nullable=False),
        sa.Column('instance_uuid', sa.String(length=36), nullable=True),
        sa.Column('virtual_interface_uuid', sa.String(length=36), nullable=True),
        sa.Column('updated_at', MOMENT, nullable=True),
        sa.ForeignKeyConstraint(['network_id'], ['networks.id'],
            name=op.f('fk_fixed_ips_network_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fixed_ips')),
        sa.UniqueConstraint('network_id', 'address',
            name=op.f('uq_fixed_ips_network_id_address')),
        **OPTIONS)
    op.create_index(
        op.f('ix_fixed_ips_address'), 'fixed_ips',
        ['address'])
    op.create_index(
        op.f('ix_fixed_ips_instance_uuid'), 'fixed_ips',
        ['instance_uuid'])
    op.create_index(
        op.f('ix_fixed_ips_network_id_instance_uuid_reserved_lot'), 'fixed_ips',
        ['network_id', 'instance_uuid', 'reserved', 'lot'])
    op.create_index(
        op.f('ix_fixed_ips_virtual_interface_uuid'), 'fixed_ips',
        ['virtual_interface_uuid'])


def create_virtual_interfaces():
    """Create virtual_interfaces."""
    op.create_table(
        'virtual_interfaces',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('uuid', sa.String(length=36), nullable=False),
        sa.Column('address', sa.String(length=17), nullable=False),
        sa.Column('network_id', sa.Integer(), nullable=False),
        sa.Column('instance_uuid', sa.String(length=36), nullable=False),
        sa.Column('host', sa.String(length=255), nullable=True),
        sa.Column('device_index', sa.Integer(), nullable=False),
        sa.Column('tag', sa.String(length=60), nullable=True),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['network_id'], ['networks.id'],
            name=op.f('fk_virtual_interfaces_network_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_virtual_interfaces')),
        sa.UniqueConstraint('address', name=op.f('uq_virtual_interfaces_address')),
        sa.UniqueConstraint('uuid', name=op.f('uq_virtual_interfaces_uuid')),
        **OPTIONS)
    op.create_index(
        op.f('ix_virtual_interfaces_host'), 'virtual_interfaces',
        ['host'])
    op.create_index(
        op.f('ix_virtual_interfaces_instance_uuid'), 'virtual_interfaces',
        ['instance_uuid'])
    op.create_index(
        op.f('ix_virtual_interfaces_network_id'), 'virtual_interfaces',
        ['network_id'])
